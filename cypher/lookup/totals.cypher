// How much the graph holds.
// parameters: none
// columns: articles, claims, entities, relationships
RETURN COUNT { (:Article) } AS articles, COUNT { (:Claim) } AS claims,
       COUNT { (:Entity) } AS entities, COUNT { (:Entity)-->(:Entity) } AS relationships
