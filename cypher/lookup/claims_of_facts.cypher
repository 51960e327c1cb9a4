// Every claim on these facts that was known by a day, each with its article; of any day where none
// is given.
// parameters: ids, known_at
// columns: claim, article
UNWIND $ids AS id
MATCH (c:Claim {fact_id: id})-[:STATED_IN]->(a:Article)
WHERE $known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at
RETURN
  properties(c) AS claim,
  {id: a.id, title: a.title, outlet: a.outlet, url: a.url, published: a.published} AS article
ORDER BY coalesce(claim.published, date('9999-12-31')), claim.id
