// Articles in order of publication.
// parameters: none
// columns: none
CREATE INDEX article_published IF NOT EXISTS FOR (a:Article) ON (a.published)
