// Vue d'ensemble : les relations les mieux attestées (Overview: the best attested relationships)
// Ce qui est démenti n'y est pas. What is denied is left out.
// parameters: none
// columns: subject, fact, object
MATCH (subject:Entity)-[fact]->(object:Entity)
WHERE fact.status <> 'denied'
RETURN subject, fact, object
ORDER BY fact.sources DESC, fact.last_reported DESC, fact.id
LIMIT 150
