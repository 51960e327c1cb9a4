// Joins the earlier texts of these articles to them.
// parameters: ids
// columns: none
UNWIND $ids AS id
MATCH (a:Article {id: id})
MATCH (v:Version {article_id: id})
MERGE (v)-[:VERSION_OF]->(a)
