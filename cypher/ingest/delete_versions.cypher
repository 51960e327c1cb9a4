// Deletes the earlier texts of these articles.
// parameters: ids
// columns: none
UNWIND $ids AS id
MATCH (v:Version {article_id: id})
DETACH DELETE v
