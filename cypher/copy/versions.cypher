// The earlier texts of these articles.
// parameters: ids
// columns: version
UNWIND $ids AS id
MATCH (v:Version {article_id: id})
RETURN v {.*} AS version
