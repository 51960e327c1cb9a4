// For each relationship the one claim that speaks best for it: one that has its status, then the
// surest reading, then the earliest; of those known by a day, if one is given.
// parameters: facts, known_at
// columns: id, quote, article
UNWIND $facts AS fact
CALL (fact) {
  MATCH (c:Claim {fact_id: fact.id})-[:STATED_IN]->(a:Article)
  WHERE $known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at
  RETURN c, a
  ORDER BY
    CASE WHEN c.status = fact.status THEN 0 ELSE 1 END,
    c.confidence DESC,
    coalesce(c.published, date('9999-12-31')),
    c.id
  LIMIT 1
}
RETURN
  fact.id AS id,
  c.quote AS quote,
  {id: a.id, title: a.title, outlet: a.outlet, url: a.url, published: a.published} AS article
