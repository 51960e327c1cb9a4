// What is stored of these articles: all that decides whether loading one again would change it.
// parameters: ids
// columns: id, article
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN a.id AS id,
       {title: a.title, url: a.url, outlet: a.outlet, author: a.author, language: a.language,
        published: a.published, credited_source: a.credited_source,
        text_sha256: a.text_sha256, extractor: a.extractor, layout: a.layout} AS article
