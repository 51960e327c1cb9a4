// People of whom a claim known by a day says that they have a job at some place, in the order of their
// ids, after one.
// parameters: types, known_at, place, worked_on, after, limit
// columns: id
MATCH (p:Person)<-[:SUBJECT]-(c:Claim)
WHERE p.id > $after
  AND c.type IN $types
  AND coalesce(c.published, date(c.loaded_at)) <= $known_at
  AND ($place IS NULL OR c.object_id = $place)
  AND ($worked_on IS NULL OR EXISTS {
    MATCH (p)<-[:SUBJECT]-(w:Claim)
    WHERE w.type = 'WORKED_ON' AND w.object_id = $worked_on
      AND coalesce(w.published, date(w.loaded_at)) <= $known_at
  })
WITH DISTINCT p.id AS id
ORDER BY id
LIMIT $limit
RETURN id
