// Entities whose names hold words like those of a Lucene query and that an article known by a day
// mentions, the likeliest first.
// parameters: query, kinds, known_at, limit
// columns: id, name, aliases
CALL db.index.fulltext.queryNodes('entity_names', $query) YIELD node, score
WITH node, score
WHERE node.kind IN $kinds
  AND EXISTS {
    MATCH (node)<-[:MENTIONS]-(a:Article)
    WHERE coalesce(a.published, date(a.loaded_at)) <= $known_at
  }
RETURN node.id AS id, node.name AS name, node.aliases AS aliases
ORDER BY score DESC, id
LIMIT $limit
