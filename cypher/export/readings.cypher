// Articles with everything that was read in them, as it is stored, and the entities mentioned.
// parameters: ids
// columns: id, article, mentions, claims
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN
  id,
  a {.*} AS article,
  COLLECT {
    MATCH (a)-[m:MENTIONS]->(e:Entity)
    RETURN m {.*, entity_id: e.id}
  } AS mentions,
  COLLECT {
    MATCH (a)<-[:STATED_IN]-(c:Claim)
    RETURN c {.*}
  } AS claims
