// Relationships between the entities of a list, of these types and statuses.
// parameters: ids, types, statuses, limit
// columns: type, fact, subject, object
UNWIND $ids AS id
MATCH (s:Entity {id: id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(o:Entity)
WHERE o.id IN $ids AND type(r) IN $types AND r.status IN $statuses
RETURN
  type(r) AS type,
  properties(r) AS fact,
  {id: s.id, name: s.name, kind: s.kind} AS subject,
  {id: o.id, name: o.name, kind: o.kind} AS object
ORDER BY r.sources DESC, r.id
LIMIT $limit
