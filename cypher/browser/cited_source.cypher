// Ce que d'autres reprennent d'un média (What others have from one outlet)
// Changez le nom du média cité. The claims that are attributed to it, or whose article credits it.
// parameters: none
// columns: claim, stated, article, about, subject, whom, object, quote
WITH 'The Information' AS source_name
MATCH (claim:Claim)-[stated:STATED_IN]->(article:Article)
WHERE coalesce(claim.attributed_name, article.credited_source) = source_name
  AND (article.outlet IS NULL OR article.outlet <> source_name)
MATCH (claim)-[about:SUBJECT]->(subject:Entity)
MATCH (claim)-[whom:OBJECT]->(object:Entity)
RETURN claim, stated, article, about, subject, whom, object, claim.quote AS quote
ORDER BY article.published, claim.id
LIMIT 75
