// Facts that a source has been cited for, in the order of their ids, after one of them.
// parameters: source, types, known_at, after, limit
// columns: fact_id
MATCH (c:Claim {source_key: $source})
WHERE c.fact_id > $after AND c.type IN $types AND c.subject_id <> c.object_id
  AND ($known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at)
RETURN DISTINCT c.fact_id AS fact_id
ORDER BY fact_id
LIMIT $limit
