// Les preuves d'une relation (The evidence of one relationship)
// Changez les deux noms et la relation. The claims, their articles, and whom they have it from.
// parameters: none
// columns: published, outlet, status, quote, subject, fact, object, told, attributed
WITH 'Lucas Beyer' AS subject_name, 'HIRED_BY' AS relation, 'Meta' AS object_name
MATCH (subject:Entity)-[fact]->(object:Entity)
WHERE subject.name = subject_name AND object.name = object_name AND type(fact) = relation
MATCH (claim:Claim)
WHERE claim.fact_id = fact.id
MATCH told = (subject)<-[:SUBJECT]-(claim)-[:STATED_IN]->(article:Article)
OPTIONAL MATCH attributed = (claim)-[:ATTRIBUTED_TO]->(:Entity)
RETURN article.published AS published, article.outlet AS outlet, claim.status AS status,
  claim.quote AS quote, subject, fact, object, told, attributed
ORDER BY published, claim.id
LIMIT 90
