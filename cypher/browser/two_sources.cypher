// Ce que deux sources indépendantes affirment (What two independent sources say)
// Dix journaux qui reprennent le même font une source. Ten papers that repeat one are one source.
// parameters: none
// columns: subject, fact, object, sources, status, claims
WITH 2 AS at_least
MATCH (subject:Entity)-[fact]->(object:Entity)
WHERE fact.sources >= at_least AND fact.status IN ['asserted', 'reported']
RETURN subject, fact, object,
  fact.sources AS sources, fact.status AS status, fact.claims AS claims
ORDER BY sources DESC, fact.id
LIMIT 150
