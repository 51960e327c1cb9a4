// The facts whose subject is one of these entities.
// parameters: ids
// columns: type, fact, subject, object
UNWIND $ids AS id
MATCH (s:Entity {id: id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(o:Entity)
RETURN type(r) AS type, properties(r) AS fact, s.id AS subject, o.id AS object
ORDER BY subject, type, object
