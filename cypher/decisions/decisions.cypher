// Every decision on identity, the newest first, those that were undone included.
// parameters: none
// columns: decision
MATCH (d:Decision)
RETURN d {.*} AS decision
ORDER BY d.decided_at DESC, d.id
