// Relationships that start at these entities and may have held on some day from `valid_from` to
// `valid_to`; an end that nobody dated leaves that side open.
// parameters: ids, valid_from, valid_to
// columns: type, fact, subject, object
UNWIND $ids AS id
MATCH (s:Entity {id: id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(o:Entity)
WHERE ($valid_to IS NULL OR r.start_earliest IS NULL OR r.start_earliest <= $valid_to)
  AND ($valid_from IS NULL OR r.end_latest IS NULL OR r.end_latest >= $valid_from)
RETURN
  type(r) AS type,
  properties(r) AS fact,
  {id: s.id, name: s.name, kind: s.kind} AS subject,
  {id: o.id, name: o.name, kind: o.kind} AS object
