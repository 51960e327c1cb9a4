// Articles after an id, in the order of their ids.
// parameters: after, limit
// columns: id
MATCH (a:Article)
WHERE a.id > $after
WITH a.id AS id
ORDER BY id
LIMIT $limit
RETURN id
