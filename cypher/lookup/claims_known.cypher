// The claims on these facts that were known by a day, if one is given: published by then, or, where
// the day of publication is not known, loaded by then.
// parameters: ids, known_at
// columns: fact_id, type, subject_id, object_id, claim
UNWIND $ids AS id
MATCH (c:Claim {fact_id: id})
WHERE $known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at
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
