// The articles that these are copies of, or they themselves.
// parameters: ids
// columns: original
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN DISTINCT coalesce(a.copy_of, a.id) AS original
