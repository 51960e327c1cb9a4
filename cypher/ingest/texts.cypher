// Articles with what tells whether they are copies, and of which.
// parameters: ids
// columns: article
UNWIND $ids AS id
MATCH (a:Article {id: id})
RETURN {id: a.id, published: a.published, text: a.text, url: a.url, outlet: a.outlet,
        credited_source: a.credited_source, copy_of: a.copy_of, copied_source: a.copied_source,
        band_0: a.band_0, band_1: a.band_1, band_2: a.band_2, band_3: a.band_3,
        band_4: a.band_4, band_5: a.band_5, band_6: a.band_6, band_7: a.band_7} AS article
