// Les contradictions : qui affirme, qui dément (Contradictions: who says so, who denies it)
// Ce que des sources affirment et que d'autres démentent. What some say and others deny.
// parameters: none
// columns: subject, fact, object, side, outlet, published, quote, claim, stated, article
MATCH (subject:Entity)-[fact]->(object:Entity)
WHERE fact.contested
MATCH (claim:Claim)
WHERE claim.fact_id = fact.id
MATCH (claim)-[stated:STATED_IN]->(article:Article)
RETURN subject, fact, object, claim.status AS side, article.outlet AS outlet,
  article.published AS published, claim.quote AS quote, claim, stated, article
ORDER BY fact.last_reported DESC, fact.id, published, claim.id
LIMIT 75
