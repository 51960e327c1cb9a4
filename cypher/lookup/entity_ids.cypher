// Ids of the entities of these kinds that follow an id, in the order of their ids.
// parameters: kinds, after, limit
// columns: id
MATCH (e:Entity)
WHERE e.id > $after AND e.kind IN $kinds
RETURN e.id AS id
ORDER BY id
LIMIT $limit
