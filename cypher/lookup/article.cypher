// One article with its text.
// parameters: id
// columns: article, text
MATCH (a:Article {id: $id})
RETURN
  {
    id: a.id, title: a.title, url: a.url, outlet: a.outlet, author: a.author,
    language: a.language, published: a.published, credited_source: a.credited_source,
    extractor: a.extractor, skipped: a.skipped, claim_count: a.claim_count, loaded_at: a.loaded_at
  } AS article,
  a.text AS text
