// How often one entity was mentioned until a day, if one is given, and when first and last.
// parameters: id, known_at
// columns: articles, sources, first_mention, last_mention
MATCH (:Entity {id: $id})<-[:MENTIONS]-(a:Article)
WHERE $known_at IS NULL OR coalesce(a.published, date(a.loaded_at)) <= $known_at
RETURN
  count(a) AS articles,
  count(DISTINCT a.source_key) AS sources,
  min(a.published) AS first_mention,
  max(a.published) AS last_mention
