// Relationships of one entity that pass the filters and follow a place in the order of type and id.
// A relationship passes the filter of time when it may have held on some day from `valid_from` to
// `valid_to`: an end that nobody dated leaves that side open.
// parameters: id, types, statuses, other_kinds, direction, symmetric, valid_from, valid_to, after_type, after_id, limit
// columns: type, fact, subject, object, is_subject
MATCH (e:Entity {id: $id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(other:Entity)
WITH e, r, other, type(r) AS type, startNode(r).id = e.id AS is_subject
WHERE (type > $after_type OR (type = $after_type AND r.id > $after_id))
  AND type IN $types
  AND r.status IN $statuses
  AND other.kind IN $other_kinds
  AND ($direction = 'both' OR type IN $symmetric OR is_subject = ($direction = 'out'))
  AND ($valid_to IS NULL OR r.start_earliest IS NULL OR r.start_earliest <= $valid_to)
  AND ($valid_from IS NULL OR r.end_latest IS NULL OR r.end_latest >= $valid_from)
WITH e, r, other, type, is_subject
ORDER BY type, r.id
LIMIT $limit
WITH r, type, is_subject,
  {id: e.id, name: e.name, kind: e.kind} AS this,
  {id: other.id, name: other.name, kind: other.kind} AS that
RETURN
  type,
  properties(r) AS fact,
  CASE WHEN is_subject THEN this ELSE that END AS subject,
  CASE WHEN is_subject THEN that ELSE this END AS object,
  is_subject
ORDER BY type, fact.id
