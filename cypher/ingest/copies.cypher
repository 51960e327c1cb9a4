// The copies of these articles.
// parameters: ids
// columns: id
UNWIND $ids AS original
MATCH (a:Article {copy_of: original})
RETURN a.id AS id
