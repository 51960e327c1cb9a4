// Stored articles that may tell the same story as these, by address or by a band of their text, each
// with the original that it is a copy of, or itself. What a row lacks is not looked for: comparing
// with null, the embedded engine would go through all articles.
// parameters: rows
// columns: id, other, original
UNWIND $rows AS row
WITH row WHERE row.url IS NOT NULL
MATCH (a:Article {url: row.url})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_0 IS NOT NULL
MATCH (a:Article {band_0: row.band_0})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_1 IS NOT NULL
MATCH (a:Article {band_1: row.band_1})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_2 IS NOT NULL
MATCH (a:Article {band_2: row.band_2})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_3 IS NOT NULL
MATCH (a:Article {band_3: row.band_3})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_4 IS NOT NULL
MATCH (a:Article {band_4: row.band_4})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_5 IS NOT NULL
MATCH (a:Article {band_5: row.band_5})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_6 IS NOT NULL
MATCH (a:Article {band_6: row.band_6})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
UNION
UNWIND $rows AS row
WITH row WHERE row.band_7 IS NOT NULL
MATCH (a:Article {band_7: row.band_7})
RETURN row.id AS id, a.id AS other, coalesce(a.copy_of, a.id) AS original
