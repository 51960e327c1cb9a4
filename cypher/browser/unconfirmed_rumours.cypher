// Les rumeurs que personne n'a confirmées (Rumours that nobody has confirmed)
// Dit au conditionnel ou de seconde main, par une seule source. Hedged or relayed, by one source.
// parameters: none
// columns: subject, fact, object, status, first_reported, last_reported
WITH date('2026-01-01') AS said_before
MATCH (subject:Entity)-[fact]->(object:Entity)
WHERE fact.status IN ['hedged', 'reported']
  AND fact.sources = 1
  AND (fact.last_reported IS NULL OR fact.last_reported < said_before)
RETURN subject, fact, object, fact.status AS status,
  fact.first_reported AS first_reported, fact.last_reported AS last_reported
ORDER BY last_reported DESC, fact.id
LIMIT 150
