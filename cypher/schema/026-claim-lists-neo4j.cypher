// An empty list of a claim is there. Only on Neo4j: a database that neo4j-admin imported lacks
// those that are empty (graph/export_neo4j.py).
// parameters: none
// columns: none
MATCH (c:Claim)
WHERE c.cues IS NULL
SET c.cues = []
