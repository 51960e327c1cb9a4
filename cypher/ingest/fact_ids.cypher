// Facts that claims carry, after an id, in the order of their ids.
// parameters: after, limit
// columns: id
MATCH (c:Claim)
WHERE c.fact_id > $after
WITH DISTINCT c.fact_id AS id
ORDER BY id
LIMIT $limit
RETURN id
