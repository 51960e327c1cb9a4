// What one article says, in the order of its text.
// parameters: id
// columns: claim
MATCH (:Article {id: $id})<-[:STATED_IN]-(c:Claim)
RETURN properties(c) AS claim
ORDER BY claim.quote_start, claim.quote_end, claim.id
