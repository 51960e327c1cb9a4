// What these articles mention and claim. Entities and claims come in any order, each with its
// position in the reading.
// parameters: ids
// columns: id, entities, claims
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN
  id,
  COLLECT {
    MATCH (a)-[m:MENTIONS]->(e:Entity)
    RETURN {position: m.position, name: m.name, kind: e.kind}
  } AS entities,
  COLLECT {
    MATCH (a)<-[:STATED_IN]-(c:Claim)
    RETURN {
      position: c.position, subject: c.subject_name, relation: c.type, object: c.object_name,
      role: c.role, amount_value: c.amount_value, amount_currency: c.amount_currency,
      amount_bound: c.amount_bound, amount_purpose: c.amount_purpose, status: c.status,
      attributed_to: c.attributed_name, quote: c.quote
    }
  } AS claims
