// Every claim of these types that was known by a day, as seen from these entities.
// parameters: ids, types, known_at, limit
// columns: id, fact_id, type, subject_id, object_id, claim
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[:SUBJECT|OBJECT]-(c:Claim)
WHERE c.type IN $types AND coalesce(c.published, date(c.loaded_at)) <= $known_at
RETURN
  id,
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
LIMIT $limit
