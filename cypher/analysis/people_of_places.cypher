// People who have a job at some place, in the order of their ids, after one.
// parameters: statuses, place, after, limit
// columns: id
MATCH (p:Person)-[j:WORKED_AT|HIRED_BY|LEADS|FOUNDED]->(place:Entity)
WHERE p.id > $after AND j.status IN $statuses AND ($place IS NULL OR place.id = $place)
RETURN DISTINCT p.id AS id
ORDER BY id
LIMIT $limit
