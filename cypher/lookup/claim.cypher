// One claim with its article.
// parameters: id
// columns: claim, article
MATCH (c:Claim {id: $id})-[:STATED_IN]->(a:Article)
RETURN
  properties(c) AS claim,
  {id: a.id, title: a.title, outlet: a.outlet, url: a.url, published: a.published} AS article
