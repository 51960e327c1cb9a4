// Relationships by their ids, where it is known which two entities each one joins.
// parameters: steps
// columns: type, fact, subject, object
UNWIND $steps AS step
MATCH (one:Entity {id: step.one})
MATCH (two:Entity {id: step.two})
MATCH (one)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(two)
WHERE r.id = step.fact_id
WITH r, startNode(r) AS s, endNode(r) AS o
RETURN
  type(r) AS type,
  properties(r) AS fact,
  {id: s.id, name: s.name, kind: s.kind} AS subject,
  {id: o.id, name: o.name, kind: o.kind} AS object
