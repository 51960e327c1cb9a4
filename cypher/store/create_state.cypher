// Gives an empty graph its state.
// parameters: none
// columns: none
MERGE (s:GraphState {id: 'state'})
ON CREATE SET s.schema_version = 0, s.revision = 0
