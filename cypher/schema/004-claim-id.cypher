// A claim is known by its id.
// parameters: none
// columns: none
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (c:Claim) REQUIRE c.id IS UNIQUE
