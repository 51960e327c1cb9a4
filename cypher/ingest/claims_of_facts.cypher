// The claims that carry these facts, with what decides how a fact is displayed. A fact that everybody
// tells has thousands, and is derived anew with each batch that adds one: each comes as a list of
// values without their names, days as text, which costs a third of a map. Most claims tell neither
// an amount nor a day; null in place of their parts costs a third of the parts, each of them null.
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
    c.id, c.article_id, c.source_key, c.status, c.position, c.relayed, toString(c.published), c.role,
    CASE WHEN c.amount_value IS NULL THEN NULL
    ELSE [c.amount_value, c.amount_currency, c.amount_bound, c.amount_purpose] END,
    CASE WHEN c.start_earliest IS NULL AND c.start_latest IS NULL THEN NULL
    ELSE [toString(c.start_earliest), toString(c.start_latest)] END,
    CASE WHEN c.end_earliest IS NULL AND c.end_latest IS NULL THEN NULL
    ELSE [toString(c.end_earliest), toString(c.end_latest)] END
  ]) AS claims
