// For each of these facts the confidence of its surest reading, of the claims known by a day, if one
// is given.
// parameters: ids, known_at
// columns: id, confidence
UNWIND $ids AS id
MATCH (c:Claim {fact_id: id})
WHERE $known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at
RETURN id, max(c.confidence) AS confidence
