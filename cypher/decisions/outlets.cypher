// The outlets that articles appeared in, credit or copy, each with the key that their claims have.
// parameters: none
// columns: outlet, credited_source, copied_source, source_key
MATCH (a:Article)
WHERE a.outlet IS NOT NULL OR a.credited_source IS NOT NULL OR a.copied_source IS NOT NULL
RETURN DISTINCT
  a.outlet AS outlet, a.credited_source AS credited_source, a.copied_source AS copied_source,
  a.source_key AS source_key
