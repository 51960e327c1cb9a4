// People of whom a claim known by a day says that they have a job at some place, in the order of their
// ids, after one. With days from which to which they joined, those of whom a claim says so that was
// published or dates the beginning within them: nobody else can have, as the fact is derived.
// parameters: types, known_at, place, worked_on, joined_from, joined_to, after, limit
// columns: id
MATCH (p:Person)<-[:SUBJECT]-(c:Claim)
WHERE p.id > $after
  AND c.type IN $types
  AND coalesce(c.published, date(c.loaded_at)) <= $known_at
  AND ($place IS NULL OR c.object_id = $place)
  AND (($joined_from IS NULL AND $joined_to IS NULL)
    OR (($joined_from IS NULL OR c.start_latest >= $joined_from)
      AND ($joined_to IS NULL OR c.start_latest <= $joined_to))
    OR (($joined_from IS NULL OR c.published >= $joined_from)
      AND ($joined_to IS NULL OR c.published <= $joined_to)))
  AND ($worked_on IS NULL OR EXISTS {
    MATCH (p)<-[:SUBJECT]-(w:Claim)
    WHERE w.type = 'WORKED_ON' AND w.object_id = $worked_on
      AND coalesce(w.published, date(w.loaded_at)) <= $known_at
  })
WITH DISTINCT p.id AS id
ORDER BY id
LIMIT $limit
RETURN id
