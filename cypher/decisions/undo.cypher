// Records that a decision is undone; that is yet to be carried out.
// parameters: id, undone_at, undone_by
// columns: none
MATCH (d:Decision {id: $id})
SET d.undone_at = $undone_at, d.undone_by = $undone_by, d.pending = true
