// Entities by their ids, with all that is stored of them.
// parameters: ids
// columns: entity
UNWIND $ids AS id
MATCH (e:Entity {id: id})
RETURN e {.*} AS entity
