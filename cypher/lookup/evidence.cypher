// Claims that carry one relationship, the newest first, after a place in that order.
// A claim without a date of publication counts as older than every other.
// parameters: id, known_at, after_day, after_id, limit
// columns: claim, article, day
MATCH (c:Claim {fact_id: $id})-[:STATED_IN]->(a:Article)
WITH c, a, coalesce(c.published, date('0001-01-01')) AS day
WHERE ($after_day IS NULL OR day < $after_day OR (day = $after_day AND c.id > $after_id))
  AND ($known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at)
WITH c, a, day
ORDER BY day DESC, c.id
LIMIT $limit
RETURN
  properties(c) AS claim,
  {id: a.id, title: a.title, outlet: a.outlet, url: a.url, published: a.published} AS article,
  day
ORDER BY day DESC, claim.id
