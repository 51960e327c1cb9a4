// Entities after an id, in the order of their ids.
// parameters: after, limit
// columns: id
MATCH (e:Entity)
WHERE e.id > $after
WITH e.id AS id
ORDER BY id
LIMIT $limit
RETURN id
