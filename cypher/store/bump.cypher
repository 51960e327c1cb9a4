// Counts a write. It comes first in every write transaction, so that two of them never interleave.
// parameters: none
// columns: revision
MATCH (s:GraphState {id: 'state'})
SET s.revision = s.revision + 1
RETURN s.revision AS revision
