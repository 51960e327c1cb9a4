// Records that the schema files up to this one are applied, unless later ones are already.
// parameters: version
// columns: none
MATCH (s:GraphState {id: 'state'})
WHERE s.schema_version < $version
SET s.schema_version = $version
