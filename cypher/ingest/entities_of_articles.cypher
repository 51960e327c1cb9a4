// The entities that these articles mention.
// parameters: ids
// columns: id
UNWIND $ids AS article_id
MATCH (:Article {id: article_id})-[:MENTIONS]->(e:Entity)
RETURN DISTINCT e.id AS id
