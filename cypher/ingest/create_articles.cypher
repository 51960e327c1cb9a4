// Creates articles.
// parameters: rows, loaded_at
// columns: none
UNWIND $rows AS row
CREATE (a:Article {id: row.id})
SET a += row, a.loaded_at = $loaded_at
