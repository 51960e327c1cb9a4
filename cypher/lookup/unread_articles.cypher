// Articles that are stored without having been read, after an id, in the order of their ids.
// parameters: after, limit
// columns: id, language, title, skipped
MATCH (a:Article)
WHERE a.id > $after AND a.skipped IS NOT NULL
WITH a
ORDER BY a.id
LIMIT $limit
RETURN a.id AS id, a.language AS language, a.title AS title, a.skipped AS skipped
