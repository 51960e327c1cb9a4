// Records a decision that two names denote one entity; it is yet to be carried out.
// parameters: decision
// columns: none
CREATE (d:Decision {id: $decision.id})
SET d += $decision, d.pending = true
