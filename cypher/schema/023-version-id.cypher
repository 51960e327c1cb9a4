// An earlier text of an article is kept once.
// parameters: none
// columns: none
CREATE CONSTRAINT version_id IF NOT EXISTS FOR (v:Version) REQUIRE v.id IS UNIQUE
