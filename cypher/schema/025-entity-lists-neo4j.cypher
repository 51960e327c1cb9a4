// An empty list of an entity is there. Only on Neo4j: a database that neo4j-admin imported lacks
// those that are empty (graph/export_neo4j.py).
// parameters: none
// columns: none
MATCH (e:Entity)
WHERE e.aliases IS NULL
SET e.aliases = []
