// Articles after an id, in the order of their ids, that none of these readers has read, and that were
// loaded since a day, if one is given.
// parameters: after, limit, extractors, since
// columns: id
MATCH (a:Article)
WHERE a.id > $after AND NOT a.extractor IN $extractors
  AND ($since IS NULL OR a.loaded_at >= $since)
WITH a.id AS id
ORDER BY id
LIMIT $limit
RETURN id
