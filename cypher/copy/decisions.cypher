// Records decisions as another store has them.
// parameters: rows
// columns: none
UNWIND $rows AS row
MERGE (d:Decision {id: row.id})
SET d = row
