// What these articles say, each claim with its article.
// parameters: ids
// columns: claim, article
UNWIND $ids AS id
MATCH (a:Article {id: id})<-[:STATED_IN]-(c:Claim)
RETURN
  properties(c) AS claim,
  {id: a.id, title: a.title, outlet: a.outlet, url: a.url, published: a.published} AS article
ORDER BY article.id, claim.position
