// The claims of a source, by its key.
// parameters: none
// columns: none
CREATE INDEX claim_source_key IF NOT EXISTS FOR (c:Claim) ON (c.source_key)
