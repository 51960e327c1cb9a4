// Articles whose texts may be alike, by one of the bands of what they say.
// parameters: none
// columns: none
CREATE INDEX article_band_7 IF NOT EXISTS FOR (a:Article) ON (a.band_7)
