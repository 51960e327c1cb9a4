// Keys of the independent sources, in their order, after one of them.
// parameters: known_at, after, limit
// columns: source
MATCH (c:Claim)
WHERE c.source_key > $after
  AND ($known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at)
RETURN DISTINCT c.source_key AS source
ORDER BY source
LIMIT $limit
