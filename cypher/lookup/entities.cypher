// Entities by their ids, each with what the graph holds about it; unknown ids give no row.
// parameters: ids
// columns: id, name, kind, aliases, articles, sources, relationships
UNWIND $ids AS id
MATCH (e:Entity {id: id})
OPTIONAL MATCH (e)<-[:MENTIONS]-(a:Article)
WITH e, count(a) AS articles, count(DISTINCT a.source_key) AS sources
RETURN
  e.id AS id,
  e.name AS name,
  e.kind AS kind,
  e.aliases AS aliases,
  articles,
  sources,
  COUNT { (e)-[:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(:Entity) } AS relationships
