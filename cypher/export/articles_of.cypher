// These articles, without their text.
// parameters: ids
// columns: article
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN
  {
    id: a.id, title: a.title, url: a.url, outlet: a.outlet, author: a.author,
    language: a.language, published: a.published
  } AS article
ORDER BY article.id
