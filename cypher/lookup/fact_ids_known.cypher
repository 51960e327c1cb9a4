// Ids of the facts of one entity that some claim known by a day carries, in the order of type and
// id, after a place in that order.
// parameters: id, types, other_kinds, direction, symmetric, known_at, after_type, after_id, limit
// columns: type, fact_id
MATCH (e:Entity {id: $id})<-[side:SUBJECT|OBJECT]-(c:Claim)
WHERE c.type IN $types
  AND (c.type > $after_type OR (c.type = $after_type AND c.fact_id > $after_id))
  AND coalesce(c.published, date(c.loaded_at)) <= $known_at
  AND ($direction = 'both' OR c.type IN $symmetric
    OR (type(side) = 'SUBJECT') = ($direction = 'out'))
MATCH (c)-[:SUBJECT|OBJECT]->(other:Entity)
WHERE other.id <> e.id AND other.kind IN $other_kinds
WITH DISTINCT c.type AS type, c.fact_id AS fact_id
ORDER BY type, fact_id
LIMIT $limit
RETURN type, fact_id
