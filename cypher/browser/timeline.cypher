// La chronologie d'une personne (The timeline of a person)
// Tout ce que la presse en dit, dans l'ordre, avec ses mots. All that the press says, in order.
// parameters: none
// columns: published, relation, other, status, role, from_day, to_day, quote, outlet, attributed_to
WITH 'Yann LeCun' AS name
MATCH (person:Entity)
WHERE person.name = name
MATCH (person)<-[:SUBJECT|OBJECT]-(claim:Claim)-[:STATED_IN]->(article:Article)
RETURN DISTINCT
  toString(article.published) AS published,
  claim.type AS relation,
  CASE claim.subject_id WHEN person.id THEN claim.object_name ELSE claim.subject_name END AS other,
  claim.status AS status,
  claim.role AS role,
  toString(claim.start_earliest) AS from_day,
  toString(claim.end_latest) AS to_day,
  claim.quote AS quote,
  article.outlet AS outlet,
  claim.attributed_name AS attributed_to
ORDER BY published, relation, other, quote
LIMIT 300
