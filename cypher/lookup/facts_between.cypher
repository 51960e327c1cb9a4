// Ids of the facts that some claim says of two entities, whichever is the subject.
// parameters: one, other
// columns: fact_id
MATCH (:Entity {id: $one})<-[:SUBJECT|OBJECT]-(c:Claim)-[:SUBJECT|OBJECT]->(:Entity {id: $other})
RETURN DISTINCT c.fact_id AS fact_id
ORDER BY fact_id
