// An entity is known by its id.
// parameters: none
// columns: none
CREATE CONSTRAINT entity_id IF NOT EXISTS FOR (e:Entity) REQUIRE e.id IS UNIQUE
