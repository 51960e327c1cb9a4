// Keeps the texts of articles that are about to be replaced by others, each text once.
// parameters: rows, replaced_at
// columns: none
UNWIND $rows AS row
MATCH (a:Article {id: row.id})
WHERE a.text_sha256 <> row.text_sha256
MERGE (v:Version {id: a.id + '#' + a.text_sha256})
SET v.article_id = a.id, v.title = a.title, v.text = a.text, v.text_sha256 = a.text_sha256,
    v.published = a.published, v.loaded_at = a.loaded_at, v.replaced_at = $replaced_at
