// Relationships of one entity that pass the filters and follow a place in the order of type and id.
// Whether it held on some day from `valid_from` to `valid_to` has three answers (graph/times.py);
// `held` names those that pass.
// parameters: id, types, statuses, other_kinds, direction, symmetric, valid_from, valid_to, held, lasting, after_type, after_id, limit
// columns: type, fact, subject, object, is_subject
MATCH (e:Entity {id: $id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(other:Entity)
WITH e, r, other, type(r) AS type, startNode(r).id = e.id AS is_subject
WHERE (type > $after_type OR (type = $after_type AND r.id > $after_id))
  AND type IN $types
  AND r.status IN $statuses
  AND other.kind IN $other_kinds
  AND ($direction = 'both' OR type IN $symmetric OR is_subject = ($direction = 'out'))
  AND (($valid_from IS NULL AND $valid_to IS NULL) OR
    CASE
      WHEN r.start_earliest > $valid_to OR r.end_latest < $valid_from THEN 'no'
      WHEN ($valid_to IS NULL OR r.start_latest <= $valid_to OR r.end_latest <= $valid_to)
        AND ($valid_from IS NULL OR r.end_earliest >= $valid_from OR r.start_earliest >= $valid_from
          OR (type IN $lasting AND r.end_earliest IS NULL AND r.end_latest IS NULL))
        THEN 'certainly'
      ELSE 'possibly'
    END IN $held)
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
