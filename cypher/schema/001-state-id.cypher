// There is one state of the graph.
// parameters: none
// columns: none
CREATE CONSTRAINT state_id IF NOT EXISTS FOR (s:GraphState) REQUIRE s.id IS UNIQUE
