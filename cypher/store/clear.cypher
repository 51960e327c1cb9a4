// Deletes every article, claim, entity and fact; schema and state stay.
// parameters: none
// columns: none
MATCH (n)
WHERE NOT n:GraphState
DETACH DELETE n
