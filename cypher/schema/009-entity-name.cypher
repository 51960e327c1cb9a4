// Entities in order of their names.
// parameters: none
// columns: none
CREATE INDEX entity_name IF NOT EXISTS FOR (e:Entity) ON (e.name)
