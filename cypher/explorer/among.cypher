// Relationships between the entities of a list, of these types and statuses.
// Whether it held on some day from `valid_from` to `valid_to` has three answers (graph/times.py);
// `held` names those that pass.
// parameters: ids, types, statuses, valid_from, valid_to, held, lasting, limit
// columns: type, fact, subject, object
UNWIND $ids AS id
MATCH (s:Entity {id: id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(o:Entity)
WHERE o.id IN $ids AND type(r) IN $types AND r.status IN $statuses
  AND (($valid_from IS NULL AND $valid_to IS NULL) OR
    CASE
      WHEN r.start_earliest > $valid_to OR r.end_latest < $valid_from THEN 'no'
      WHEN ($valid_to IS NULL OR r.start_latest <= $valid_to OR r.end_latest <= $valid_to)
        AND ($valid_from IS NULL OR r.end_earliest >= $valid_from OR r.start_earliest >= $valid_from
          OR (type(r) IN $lasting AND r.end_earliest IS NULL AND r.end_latest IS NULL))
        THEN 'certainly'
      ELSE 'possibly'
    END IN $held)
RETURN
  type(r) AS type,
  properties(r) AS fact,
  {id: s.id, name: s.name, kind: s.kind} AS subject,
  {id: o.id, name: o.name, kind: o.kind} AS object
ORDER BY r.sources DESC, r.id
LIMIT $limit
