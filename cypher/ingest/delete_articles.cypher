// Deletes these articles and their mentions of entities; their claims must be gone.
// parameters: ids
// columns: none
UNWIND $ids AS id
MATCH (a:Article {id: id})
DETACH DELETE a
