// The entities that one article mentions, with every place where it does.
// parameters: id
// columns: id, name, kind, name_in_article, surfaces, starts, ends
MATCH (:Article {id: $id})-[m:MENTIONS]->(e:Entity)
RETURN
  e.id AS id,
  e.name AS name,
  e.kind AS kind,
  m.name AS name_in_article,
  m.surfaces AS surfaces,
  m.starts AS starts,
  m.ends AS ends
ORDER BY id
