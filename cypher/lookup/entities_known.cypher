// Entities by their ids, each with what articles known by a day hold about it: published by then, or,
// where the day of publication is not known, loaded by then. One that none of them mentions gives no
// row. Names and aliases are those of today.
// parameters: ids, known_at
// columns: id, name, kind, aliases, articles, sources, relationships
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[:MENTIONS]-(a:Article)
WHERE coalesce(a.published, date(a.loaded_at)) <= $known_at
WITH e, count(a) AS articles, count(DISTINCT a.source_key) AS sources
OPTIONAL MATCH (e)<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.subject_id <> c.object_id AND coalesce(c.published, date(c.loaded_at)) <= $known_at
RETURN
  e.id AS id,
  e.name AS name,
  e.kind AS kind,
  e.aliases AS aliases,
  articles,
  sources,
  count(DISTINCT c.fact_id) AS relationships
