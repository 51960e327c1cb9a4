// The facts that claims of these articles carry.
// parameters: ids
// columns: id, type, subject_id, object_id
UNWIND $ids AS article_id
MATCH (:Article {id: article_id})<-[:STATED_IN]-(c:Claim)
RETURN DISTINCT
  c.fact_id AS id, c.type AS type, c.subject_id AS subject_id, c.object_id AS object_id
