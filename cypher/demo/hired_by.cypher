// Whom one company has hired.
// parameters: name
// columns: person
MATCH (p:Person)-[:HIRED_BY]->(c:Entity) WHERE c.name = $name RETURN p.name AS person
