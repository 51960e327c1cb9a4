// The copies of an article.
// parameters: none
// columns: none
CREATE INDEX article_copy_of IF NOT EXISTS FOR (a:Article) ON (a.copy_of)
