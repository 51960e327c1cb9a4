// The article of an address.
// parameters: none
// columns: none
CREATE INDEX article_url IF NOT EXISTS FOR (a:Article) ON (a.url)
