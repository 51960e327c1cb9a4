// Deletes entities that no article mentions.
// parameters: ids
// columns: none
UNWIND $ids AS id
MATCH (e:Entity {id: id})
WHERE NOT EXISTS { MATCH (e)<-[:MENTIONS]-(:Article) }
DETACH DELETE e
