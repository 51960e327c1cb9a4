// Ce qui est annoncé et pas encore fait (What is planned and not done yet)
// Recrutements, rachats, investissements. Hires, takeovers, investments.
// parameters: none
// columns: subject, fact, object, role, sources, last_reported
MATCH (subject:Entity)-[fact:HIRED_BY|WORKED_AT|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PARTNERED_WITH]->(object:Entity)
WHERE fact.status = 'planned'
RETURN subject, fact, object,
  fact.role AS role, fact.sources AS sources, fact.last_reported AS last_reported
ORDER BY last_reported DESC, fact.id
LIMIT 150
