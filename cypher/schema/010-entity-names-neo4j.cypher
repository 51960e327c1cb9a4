// Entities by words of their names, forgiving typos. Only on Neo4j: the embedded engine makes this
// index in its own language when it starts (graph/arcadedb.py). Both are asked in the same way.
// parameters: none
// columns: none
CREATE FULLTEXT INDEX entity_names IF NOT EXISTS FOR (e:Entity) ON EACH [e.search_text]
