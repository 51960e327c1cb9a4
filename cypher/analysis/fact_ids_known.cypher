// Ids of the facts of these types that some claim known by a day carries, in their order, after one.
// parameters: types, subject, object, known_at, after, limit
// columns: id
MATCH (c:Claim)
WHERE c.fact_id > $after
  AND c.type IN $types
  AND ($subject IS NULL OR c.subject_id = $subject)
  AND ($object IS NULL OR c.object_id = $object)
  AND coalesce(c.published, date(c.loaded_at)) <= $known_at
WITH DISTINCT c.fact_id AS id
ORDER BY id
LIMIT $limit
RETURN id
