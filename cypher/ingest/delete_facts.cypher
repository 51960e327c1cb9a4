// Deletes facts, each found between its two entities.
// parameters: rows
// columns: none
UNWIND $rows AS row
MATCH (:Entity {id: row.start})-[f]->(:Entity {id: row.end})
WHERE f.id = row.id
DELETE f
