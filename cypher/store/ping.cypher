// Whether the store answers.
// parameters: none
// columns: ready
RETURN true AS ready
