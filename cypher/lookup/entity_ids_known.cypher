// Ids of the entities of these kinds that an article known by a day mentions and that follow an id,
// in the order of their ids.
// parameters: kinds, known_at, after, limit
// columns: id
MATCH (e:Entity)<-[:MENTIONS]-(a:Article)
WHERE e.id > $after AND e.kind IN $kinds AND coalesce(a.published, date(a.loaded_at)) <= $known_at
WITH DISTINCT e.id AS id
ORDER BY id
LIMIT $limit
RETURN id
