// Creates claims, and joins each to its subject, its object and its article. What a row lacks, the
// claim does; that all is named here, at once, spares the store a second version of every claim.
// parameters: rows, loaded_at
// columns: none
UNWIND $rows AS row
MATCH (a:Article {id: row.article_id})
MATCH (s:Entity {id: row.subject_id})
MATCH (o:Entity {id: row.object_id})
CREATE (c:Claim {
  id: row.id, fact_id: row.fact_id, type: row.type, subject_id: row.subject_id,
  subject_name: row.subject_name, object_id: row.object_id, object_name: row.object_name,
  attributed_id: row.attributed_id, attributed_name: row.attributed_name, status: row.status,
  role: row.role, amount_value: row.amount_value, amount_currency: row.amount_currency,
  amount_bound: row.amount_bound, amount_purpose: row.amount_purpose,
  start_earliest: row.start_earliest, start_latest: row.start_latest,
  end_earliest: row.end_earliest, end_latest: row.end_latest, quote: row.quote,
  quote_start: row.quote_start, quote_end: row.quote_end, cues: row.cues, rule: row.rule,
  extractor: row.extractor, confidence: row.confidence, published: row.published,
  source_key: row.source_key, relayed: row.relayed, article_id: row.article_id,
  position: row.position,
  loaded_at: coalesce(row.loaded_at, $loaded_at)
})
CREATE (c)-[:SUBJECT]->(s)
CREATE (c)-[:OBJECT]->(o)
CREATE (c)-[:STATED_IN]->(a)
