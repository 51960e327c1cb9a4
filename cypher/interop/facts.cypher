// Relationships by their ids, each found through a claim that carries it; unknown ids give no row.
// parameters: ids
// columns: type, fact, subject, object
UNWIND $ids AS id
CALL (id) {
  MATCH (c:Claim {fact_id: id})
  RETURN c
  LIMIT 1
}
MATCH (c)-[:SUBJECT]->(one:Entity)
MATCH (c)-[:OBJECT]->(two:Entity)
MATCH (one)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(two)
WHERE r.id = id
WITH r, startNode(r) AS s, endNode(r) AS o
RETURN
  type(r) AS type,
  properties(r) AS fact,
  {id: s.id, name: s.name, kind: s.kind} AS subject,
  {id: o.id, name: o.name, kind: o.kind} AS object
