// Claims that pass the filters, the newest first, after a place in that order.
// A claim without a date of publication counts as older than every other.
// parameters: types, statuses, source, currency, min_amount, max_amount, min_confidence, published_from, published_to, known_at, valid_from, valid_to, held, lasting, after_day, after_id, limit
// columns: claim, article, day
MATCH (c:Claim)
WITH c, coalesce(c.published, date('0001-01-01')) AS day
WHERE ($after_day IS NULL OR day < $after_day OR (day = $after_day AND c.id > $after_id))
  AND c.type IN $types AND c.status IN $statuses
  AND ($source IS NULL OR c.source_key = $source)
  AND ($currency IS NULL OR c.amount_currency = $currency)
  AND ($min_amount IS NULL OR c.amount_value >= $min_amount)
  AND ($max_amount IS NULL OR c.amount_value <= $max_amount)
  AND ($min_confidence IS NULL OR c.confidence >= $min_confidence)
  AND ($published_from IS NULL OR c.published >= $published_from)
  AND ($published_to IS NULL OR c.published <= $published_to)
  AND ($known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at)
  AND (($valid_from IS NULL AND $valid_to IS NULL) OR
    CASE
      WHEN c.start_earliest > $valid_to OR c.end_latest < $valid_from THEN 'no'
      WHEN ($valid_to IS NULL OR c.start_latest <= $valid_to OR c.end_latest <= $valid_to)
        AND ($valid_from IS NULL OR c.end_earliest >= $valid_from OR c.start_earliest >= $valid_from
          OR (c.type IN $lasting AND c.end_earliest IS NULL AND c.end_latest IS NULL))
        THEN 'certainly'
      ELSE 'possibly'
    END IN $held)
WITH c, day
ORDER BY day DESC, c.id
LIMIT $limit
MATCH (c)-[:STATED_IN]->(a:Article)
RETURN
  properties(c) AS claim,
  {id: a.id, title: a.title, outlet: a.outlet, url: a.url, published: a.published} AS article,
  day
ORDER BY day DESC, claim.id
