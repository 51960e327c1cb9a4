// The claims that carry these facts, with what decides how a fact is displayed. A fact that everybody
// tells has thousands, and is derived anew with each batch that adds one: each comes as a list of
// values without their names, days as text, which costs a third of a map.
// parameters: ids
// columns: fact_id, type, subject_id, object_id, claims
UNWIND $ids AS fact_id
MATCH (c:Claim {fact_id: fact_id})
RETURN
  fact_id,
  c.type AS type,
  c.subject_id AS subject_id,
  c.object_id AS object_id,
  collect([
    c.id, c.article_id, c.source_key, c.status, c.position, c.relayed, toString(c.published),
    c.role, c.amount_value, c.amount_currency, c.amount_bound, c.amount_purpose,
    toString(c.start_earliest), toString(c.start_latest),
    toString(c.end_earliest), toString(c.end_latest)
  ]) AS claims
