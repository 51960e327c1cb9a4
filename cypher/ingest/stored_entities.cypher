// Which of these entities are stored, and how they are displayed.
// parameters: ids
// columns: id, name, aliases
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN id, e.name AS name, e.aliases AS aliases
