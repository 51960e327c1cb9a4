// Every entity in short, those of a kind in one row.
// parameters: none
// columns: kind, rows
MATCH (e:Entity)
RETURN e.kind AS kind, collect([e.id, e.name]) AS rows
