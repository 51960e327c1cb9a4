// Deletes the facts that start at these entities and that no claim carries.
// parameters: ids
// columns: none
UNWIND $ids AS id
MATCH (:Entity {id: id})-[f:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(:Entity)
WHERE f.id IS NULL OR NOT EXISTS { MATCH (c:Claim {fact_id: f.id}) }
DELETE f
