// Keeps earlier texts of articles as another store has them, joined to their articles.
// parameters: rows
// columns: none
UNWIND $rows AS row
MATCH (a:Article {id: row.article_id})
MERGE (v:Version {id: row.id})
SET v = row
MERGE (v)-[:VERSION_OF]->(a)
