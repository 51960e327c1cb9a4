// How much a load has stored, counted in each place that tells; copies are articles that repeat another.
// parameters: none
// columns: articles, copies, claims_of_articles, claims, claims_of_facts
MATCH (a:Article)
WITH count(a) AS articles, count(a.copy_of) AS copies, sum(a.claim_count) AS claims_of_articles
MATCH (c:Claim)
WITH articles, copies, claims_of_articles, count(c) AS claims
MATCH (:Entity)-[f]->(:Entity)
RETURN articles, copies, claims_of_articles, claims, sum(f.claims) AS claims_of_facts
