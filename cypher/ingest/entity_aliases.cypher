// The other words that stand for these entities in any article.
// parameters: ids
// columns: id, alias
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[m:MENTIONS]-(:Article)
UNWIND m.aliases AS alias
RETURN DISTINCT id, alias
