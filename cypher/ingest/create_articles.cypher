// Creates articles. One that was stored before, and is stored otherwise now, keeps its time of loading.
// parameters: rows, loaded_at
// columns: none
UNWIND $rows AS row
CREATE (a:Article {id: row.id})
SET a += row, a.loaded_at = coalesce(row.loaded_at, $loaded_at)
