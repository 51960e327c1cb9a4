// The earlier texts of an article.
// parameters: none
// columns: none
CREATE INDEX version_article_id IF NOT EXISTS FOR (v:Version) ON (v.article_id)
