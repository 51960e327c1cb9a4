// What counts for these sources: claims, those that others have from them, articles, facts, days,
// and the names that articles give them.
// parameters: sources, known_at
// columns: source, names, claims, relayed, asserted, reported, hedged, planned, denied, articles, facts, first_reported, last_reported
UNWIND $sources AS source
MATCH (c:Claim {source_key: source})-[:STATED_IN]->(a:Article)
WHERE $known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at
RETURN
  source,
  collect(DISTINCT coalesce(c.attributed_name, a.credited_source, a.outlet)) AS names,
  count(c) AS claims,
  sum(CASE WHEN c.relayed THEN 1 ELSE 0 END) AS relayed,
  sum(CASE c.status WHEN 'asserted' THEN 1 ELSE 0 END) AS asserted,
  sum(CASE c.status WHEN 'reported' THEN 1 ELSE 0 END) AS reported,
  sum(CASE c.status WHEN 'hedged' THEN 1 ELSE 0 END) AS hedged,
  sum(CASE c.status WHEN 'planned' THEN 1 ELSE 0 END) AS planned,
  sum(CASE c.status WHEN 'denied' THEN 1 ELSE 0 END) AS denied,
  count(DISTINCT c.article_id) AS articles,
  count(DISTINCT c.fact_id) AS facts,
  min(c.published) AS first_reported,
  max(c.published) AS last_reported
ORDER BY source
