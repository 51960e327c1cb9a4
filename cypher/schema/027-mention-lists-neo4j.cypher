// An empty list of a mention is there. Only on Neo4j: a database that neo4j-admin imported lacks
// those that are empty (graph/export_neo4j.py).
// parameters: none
// columns: none
MATCH (:Article)-[m:MENTIONS]->(:Entity)
WHERE m.aliases IS NULL OR m.surfaces IS NULL
SET m.aliases = coalesce(m.aliases, []),
    m.surfaces = coalesce(m.surfaces, []),
    m.starts = coalesce(m.starts, []),
    m.ends = coalesce(m.ends, [])
