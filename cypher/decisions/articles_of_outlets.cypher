// The articles that appeared in one of these outlets, credit one or copy one.
// parameters: names
// columns: article_id
MATCH (a:Article)
WHERE a.outlet IN $names OR a.credited_source IN $names OR a.copied_source IN $names
RETURN a.id AS article_id
