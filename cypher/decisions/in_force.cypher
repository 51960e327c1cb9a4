// The decisions in force on these ids, which are those that names alone give.
// parameters: ids
// columns: merged_id, into_id, into_name, into_kind
UNWIND $ids AS id
MATCH (d:Decision {merged_id: id})
WHERE d.undone_at IS NULL
RETURN
  id AS merged_id, d.into_id AS into_id, d.into_name AS into_name, d.into_kind AS into_kind
