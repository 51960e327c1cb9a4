// The entities of this name.
// parameters: name
// columns: id, name, kind
MATCH (e:Entity {name: $name})
RETURN e.id AS id, e.name AS name, e.kind AS kind
ORDER BY id
