// Articles that pass the filters, the newest first, after a place in that order.
// An article without a date of publication counts as older than every other.
// parameters: published_from, published_to, outlet, known_at, after_day, after_id, limit
// columns: article, day
MATCH (a:Article)
WITH a, coalesce(a.published, date('0001-01-01')) AS day
WHERE ($after_day IS NULL OR day < $after_day OR (day = $after_day AND a.id > $after_id))
  AND ($published_from IS NULL OR a.published >= $published_from)
  AND ($published_to IS NULL OR a.published <= $published_to)
  AND ($outlet IS NULL OR a.outlet = $outlet)
  AND ($known_at IS NULL OR coalesce(a.published, date(a.loaded_at)) <= $known_at)
WITH a, day
ORDER BY day DESC, a.id
LIMIT $limit
RETURN
  {
    id: a.id, title: a.title, url: a.url, outlet: a.outlet, author: a.author,
    language: a.language, published: a.published, credited_source: a.credited_source,
    extractor: a.extractor, skipped: a.skipped, claim_count: a.claim_count, loaded_at: a.loaded_at
  } AS article,
  day
ORDER BY day DESC, article.id
