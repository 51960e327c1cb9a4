// Records that every stored article goes by a decision, or by its having been undone.
// parameters: id
// columns: none
MATCH (d:Decision {id: $id})
SET d.pending = false
