// The entities of a list and the relationships between them, for Neo4j Browser.
// parameters: ids
// columns: entity, fact, other
MATCH (entity:Entity)
WHERE entity.id IN $ids
OPTIONAL MATCH (entity)-[fact]->(other:Entity)
WHERE other.id IN $ids
RETURN entity, fact, other
