// How many facts of each type and status one entity stands in, and on which side.
// parameters: id
// columns: type, status, subject, facts
MATCH (e:Entity {id: $id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(:Entity)
RETURN
  type(r) AS type,
  r.status AS status,
  startNode(r).id = $id AS subject,
  count(r) AS facts
ORDER BY type, status, subject
