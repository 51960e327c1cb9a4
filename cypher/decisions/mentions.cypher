// What articles call these entities.
// parameters: ids
// columns: article_id, entity_id, name, kind
UNWIND $ids AS id
MATCH (e:Entity {id: id})<-[m:MENTIONS]-(a:Article)
RETURN DISTINCT a.id AS article_id, e.id AS entity_id, m.name AS name, e.kind AS kind
