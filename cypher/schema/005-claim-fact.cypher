// The evidence of a fact: its claims, by the fact's id.
// parameters: none
// columns: none
CREATE INDEX claim_fact_id IF NOT EXISTS FOR (c:Claim) ON (c.fact_id)
