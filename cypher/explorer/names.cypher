// Entities by their ids, in short; unknown ids give no row.
// parameters: ids
// columns: id, name, kind
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e.id AS id, e.name AS name, e.kind AS kind
