// The state of the graph: the version of its schema, and how often it has been written to.
// parameters: none
// columns: schema_version, revision
MATCH (s:GraphState {id: 'state'})
RETURN s.schema_version AS schema_version, s.revision AS revision
