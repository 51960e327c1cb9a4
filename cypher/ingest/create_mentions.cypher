// Joins articles to the entities that they mention. An article that has two names for one entity
// mentions it twice.
// parameters: rows
// columns: none
UNWIND $rows AS row
MATCH (a:Article {id: row.article_id})
MATCH (e:Entity {id: row.entity_id})
CREATE (a)-[:MENTIONS {
  name: row.name, position: row.position, aliases: row.aliases,
  surfaces: row.surfaces, starts: row.starts, ends: row.ends
}]->(e)
