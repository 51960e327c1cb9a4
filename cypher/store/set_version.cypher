// Records that the schema files up to this one are applied.
// parameters: version
// columns: none
MATCH (s:GraphState {id: 'state'})
SET s.schema_version = $version
