// Creates claims, and joins each to its subject, its object and its article.
// parameters: rows, loaded_at
// columns: none
UNWIND $rows AS row
MATCH (a:Article {id: row.article_id})
MATCH (s:Entity {id: row.subject_id})
MATCH (o:Entity {id: row.object_id})
CREATE (c:Claim {id: row.id})
SET c += row, c.loaded_at = coalesce(row.loaded_at, $loaded_at)
CREATE (c)-[:SUBJECT]->(s)
CREATE (c)-[:OBJECT]->(o)
CREATE (c)-[:STATED_IN]->(a)
