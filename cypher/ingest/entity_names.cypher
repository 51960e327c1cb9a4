// What articles call these entities, and how many articles do; nothing for one that none mentions.
// parameters: ids
// columns: id, kind, name, articles
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[m:MENTIONS]-(:Article)
RETURN id, e.kind AS kind, m.name AS name, count(*) AS articles
