// Every relationship of these entities that passes the filters, as seen from them.
// parameters: ids, types, statuses, limit
// columns: id, neighbour, fact_id, status, sources
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(other:Entity)
WHERE type(r) IN $types AND r.status IN $statuses
RETURN id, other.id AS neighbour, r.id AS fact_id, r.status AS status, r.sources AS sources
LIMIT $limit
