// The outlets that articles appeared in or credit, each with the key that their claims have.
// parameters: none
// columns: outlet, credited_source, source_key
MATCH (a:Article)
WHERE a.outlet IS NOT NULL OR a.credited_source IS NOT NULL
RETURN DISTINCT
  a.outlet AS outlet, a.credited_source AS credited_source, a.source_key AS source_key
