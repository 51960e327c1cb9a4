// Every relationship of these entities that passes the filters, as seen from them, those of an entity in
// one row: thousands come in a fraction of the time that as many rows take. Whether it held at a time has
// three answers (graph/times.py); `held` names those that pass.
// parameters: ids, types, statuses, valid_from, valid_to, held, lasting, limit
// columns: id, edges
UNWIND $ids AS id
MATCH (e:Entity {id: id})-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]-(other:Entity)
WHERE type(r) IN $types AND r.status IN $statuses
  AND (($valid_from IS NULL AND $valid_to IS NULL) OR
    CASE
      WHEN r.start_earliest > $valid_to OR r.end_latest < $valid_from THEN 'no'
      WHEN ($valid_to IS NULL OR r.start_latest <= $valid_to OR r.end_latest <= $valid_to)
        AND ($valid_from IS NULL OR r.end_earliest >= $valid_from OR r.start_earliest >= $valid_from
          OR (type(r) IN $lasting AND r.end_earliest IS NULL AND r.end_latest IS NULL))
        THEN 'certainly'
      ELSE 'possibly'
    END IN $held)
WITH id, other, r
LIMIT $limit
RETURN id, collect([other.id, r.id, r.status, r.sources]) AS edges
