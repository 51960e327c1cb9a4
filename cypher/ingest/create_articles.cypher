// Creates articles. One that was stored before, and is stored otherwise now, keeps its time of loading.
// What a row lacks, the article does; that all is named here, at once, spares the store a second
// version of every article.
// parameters: rows, loaded_at
// columns: none
UNWIND $rows AS row
CREATE (a:Article {
  id: row.id, title: row.title, url: row.url, outlet: row.outlet, author: row.author,
  language: row.language, published: row.published, text: row.text,
  text_sha256: row.text_sha256, content_sha256: row.content_sha256, origin: row.origin,
  credited_source: row.credited_source, copy_of: row.copy_of, copied_source: row.copied_source,
  source_key: row.source_key, extractor: row.extractor, layout: row.layout,
  skipped: row.skipped, claim_count: row.claim_count, band_0: row.band_0, band_1: row.band_1,
  band_2: row.band_2, band_3: row.band_3, band_4: row.band_4, band_5: row.band_5,
  band_6: row.band_6, band_7: row.band_7,
  loaded_at: coalesce(row.loaded_at, $loaded_at)
})
