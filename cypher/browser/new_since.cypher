// Ce qui est nouveau depuis une date (What is new since a date)
// Changez la date : ce dont aucun article ne parlait avant. What no article told of before.
// parameters: none
// columns: subject, fact, object, first_reported, status, sources
WITH date('2025-12-01') AS since
MATCH (subject:Entity)-[fact]->(object:Entity)
WHERE fact.first_reported >= since
RETURN subject, fact, object,
  fact.first_reported AS first_reported, fact.status AS status, fact.sources AS sources
ORDER BY first_reported DESC, fact.id
LIMIT 150
