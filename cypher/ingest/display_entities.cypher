// Changes how entities are displayed and found by name.
// parameters: rows
// columns: none
UNWIND $rows AS row
MATCH (e:Entity {id: row.id})
SET e.name = row.name, e.aliases = row.aliases, e.search_text = row.search_text
