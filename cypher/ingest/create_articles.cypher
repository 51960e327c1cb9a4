// Creates articles.
// parameters: rows
// columns: none
UNWIND $rows AS row
CREATE (a:Article {id: row.id})
SET a += row
