// Entities that share a relationship with one and are not shown yet, the best supported first.
// parameters: id, shown, types, statuses, kinds, min_sources, limit
// columns: id, name, kind, sources, day
MATCH (e:Entity {id: $id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(o:Entity)
WHERE type(r) IN $types
  AND r.status IN $statuses
  AND o.kind IN $kinds
  AND r.sources >= $min_sources
  AND o.id <> $id
  AND NOT o.id IN $shown
WITH o, max(r.sources) AS sources, max(coalesce(r.last_reported, date('0001-01-01'))) AS day
RETURN o.id AS id, o.name AS name, o.kind AS kind, sources, day
ORDER BY sources DESC, day DESC, id
LIMIT $limit
