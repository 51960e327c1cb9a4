// The claims of an article, by its id.
// parameters: none
// columns: none
CREATE INDEX claim_article_id IF NOT EXISTS FOR (c:Claim) ON (c.article_id)
