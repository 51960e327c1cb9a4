// Entities whose names hold words like those of a Lucene query, the likeliest first.
// parameters: query, kinds, limit
// columns: id, name, aliases
CALL db.index.fulltext.queryNodes('entity_names', $query) YIELD node, score
WITH node, score
WHERE node.kind IN $kinds
RETURN node.id AS id, node.name AS name, node.aliases AS aliases
ORDER BY score DESC, id
LIMIT $limit
