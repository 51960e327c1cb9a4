// Facts of these types and statuses between entities of these kinds, in the order of their ids,
// after one.
// parameters: types, statuses, kinds, after, limit
// columns: id, one, other, sources
MATCH (a:Entity)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(b:Entity)
WHERE r.id > $after
  AND type(r) IN $types
  AND r.status IN $statuses
  AND a.kind IN $kinds AND b.kind IN $kinds
WITH r, a.id AS one, b.id AS other
ORDER BY r.id
LIMIT $limit
RETURN r.id AS id, one, other, r.sources AS sources
