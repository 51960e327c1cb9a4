// Joins claims to the entities that they are attributed to.
// parameters: rows
// columns: none
UNWIND $rows AS row
MATCH (c:Claim {id: row.id})
MATCH (e:Entity {id: row.attributed_id})
CREATE (c)-[:ATTRIBUTED_TO]->(e)
