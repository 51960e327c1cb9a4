// Which of these articles are stored, and what tells whether they have changed since.
// parameters: ids
// columns: id, content_sha256, text_sha256, origin
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN id, a.content_sha256 AS content_sha256, a.text_sha256 AS text_sha256, a.origin AS origin
