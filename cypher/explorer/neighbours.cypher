// Entities that share a relationship with one and are not shown yet, the best supported first.
// Whether it held on some day from `valid_from` to `valid_to` has three answers (graph/times.py);
// `held` names those that pass.
// parameters: id, shown, types, statuses, kinds, min_sources, valid_from, valid_to, held, lasting, limit
// columns: id, name, kind, sources, day
MATCH (e:Entity {id: $id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(o:Entity)
WHERE type(r) IN $types
  AND r.status IN $statuses
  AND o.kind IN $kinds
  AND r.sources >= $min_sources
  AND o.id <> $id
  AND NOT o.id IN $shown
  AND (($valid_from IS NULL AND $valid_to IS NULL) OR
    CASE
      WHEN r.start_earliest > $valid_to OR r.end_latest < $valid_from THEN 'no'
      WHEN ($valid_to IS NULL OR r.start_latest <= $valid_to OR r.end_latest <= $valid_to)
        AND ($valid_from IS NULL OR r.end_earliest >= $valid_from OR r.start_earliest >= $valid_from
          OR (type(r) IN $lasting AND r.end_earliest IS NULL AND r.end_latest IS NULL))
        THEN 'certainly'
      ELSE 'possibly'
    END IN $held)
WITH o, max(r.sources) AS sources, max(coalesce(r.last_reported, date('0001-01-01'))) AS day
RETURN o.id AS id, o.name AS name, o.kind AS kind, sources, day
ORDER BY sources DESC, day DESC, id
LIMIT $limit
