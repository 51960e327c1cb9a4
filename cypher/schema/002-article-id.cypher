// An article is known by its id.
// parameters: none
// columns: none
CREATE CONSTRAINT article_id IF NOT EXISTS FOR (a:Article) REQUIRE a.id IS UNIQUE
