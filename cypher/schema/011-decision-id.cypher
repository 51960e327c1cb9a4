// A decision on identity is known by its id.
// parameters: none
// columns: none
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (d:Decision) REQUIRE d.id IS UNIQUE
