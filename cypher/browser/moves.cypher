// Qui est passé de A à B depuis une date (Who moved from A to B since a date)
// Changez les deux noms et la date. Who came from B to A is left out, as far as days are known.
// parameters: none
// columns: person, was, origin, joined, destination
WITH 'OpenAI' AS origin_name, 'Meta' AS destination_name, date('2025-06-01') AS since
MATCH (person:Person)-[was:WORKED_AT|HIRED_BY|LEADS|FOUNDED]->(origin:Entity)
WHERE origin.name = origin_name AND was.status <> 'denied'
MATCH (person)-[joined:HIRED_BY|LEADS|FOUNDED]->(destination:Entity)
WHERE destination.name = destination_name AND joined.status <> 'denied'
WITH person, was, origin, joined, destination, since,
  coalesce(joined.start_latest, joined.first_reported) AS day,
  coalesce(
    was.start_earliest,
    CASE WHEN type(was) = 'HIRED_BY' THEN was.first_reported END,
    date('0001-01-01')
  ) AS before
WHERE day >= since AND day > before
RETURN person, was, origin, joined, destination
ORDER BY day, person.name
LIMIT 100
