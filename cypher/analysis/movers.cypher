// People who joined some place on a day from one to another, in the order of their ids, after one.
// The day is the latest that the beginning may be on, else that of the first report.
// parameters: statuses, joined_from, joined_to, destination, worked_on, after, limit
// columns: id
MATCH (p:Person)-[j:HIRED_BY|LEADS|FOUNDED]->(place:Entity)
WHERE p.id > $after
  AND j.status IN $statuses
  AND ($destination IS NULL OR place.id = $destination)
  AND ($joined_from IS NULL OR coalesce(j.start_latest, j.first_reported) >= $joined_from)
  AND ($joined_to IS NULL OR coalesce(j.start_latest, j.first_reported) <= $joined_to)
  AND ($worked_on IS NULL OR EXISTS { (p)-[:WORKED_ON]->(:Product {id: $worked_on}) })
RETURN DISTINCT p.id AS id
ORDER BY id
LIMIT $limit
