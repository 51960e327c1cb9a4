// Articles with everything that was read in them, as it is stored.
// parameters: ids
// columns: id, article, mentions, claims
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN
  id,
  a {.*} AS article,
  COLLECT {
    MATCH (a)-[m:MENTIONS]->(e:Entity)
    RETURN m {.*, kind: e.kind}
  } AS mentions,
  COLLECT {
    MATCH (a)<-[:STATED_IN]-(c:Claim)
    RETURN c {.*}
  } AS claims
