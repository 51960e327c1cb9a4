// The claims of these types, known by a day or of any day, on the places of which one person is said
// the same.
// parameters: id, types, place, known_at
// columns: fact_id, type, subject_id, object_id, claim
MATCH (:Entity {id: $id})<-[:SUBJECT]-(mine:Claim)-[:OBJECT]->(place:Entity)
WHERE mine.type IN $types
  AND ($place IS NULL OR place.id = $place)
WITH DISTINCT place
MATCH (place)<-[:OBJECT]-(c:Claim)-[:SUBJECT]->(:Person)
WHERE c.type IN $types
  AND ($known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at)
RETURN
  c.fact_id AS fact_id,
  c.type AS type,
  c.subject_id AS subject_id,
  c.object_id AS object_id,
  {
    id: c.id, article_id: c.article_id, source_key: c.source_key, status: c.status,
    position: c.position, relayed: c.relayed, published: c.published, role: c.role,
    amount_value: c.amount_value, amount_currency: c.amount_currency,
    amount_bound: c.amount_bound, amount_purpose: c.amount_purpose,
    start_earliest: c.start_earliest, start_latest: c.start_latest,
    end_earliest: c.end_earliest, end_latest: c.end_latest
  } AS claim
