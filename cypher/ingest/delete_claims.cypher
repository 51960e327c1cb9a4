// Deletes the claims of these articles.
// parameters: ids
// columns: none
UNWIND $ids AS article_id
MATCH (:Article {id: article_id})<-[:STATED_IN]-(c:Claim)
DETACH DELETE c
