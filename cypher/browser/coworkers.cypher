// Qui a travaillé au même endroit en même temps (Who worked at the same place at the same time)
// Un jour inconnu n'exclut personne ; une embauche sans date vaut du jour où on l'annonce.
// A day that nobody told excludes nobody; a hire without one counts from the day of the report.
// parameters: none
// columns: person, job, place, job_of_other, other
WITH 'Lucas Beyer' AS name
MATCH (person:Person)-[job:WORKED_AT|HIRED_BY|LEADS|FOUNDED]->(place:Entity)
WHERE person.name = name AND job.status IN ['asserted', 'reported']
MATCH (other:Person)-[job_of_other:WORKED_AT|HIRED_BY|LEADS|FOUNDED]->(place)
WHERE other.id <> person.id AND job_of_other.status IN ['asserted', 'reported']
WITH person, job, place, job_of_other, other,
  coalesce(
    job.start_earliest,
    CASE WHEN type(job) = 'HIRED_BY' THEN job.first_reported END,
    date('0001-01-01')
  ) AS begun,
  coalesce(
    job_of_other.start_earliest,
    CASE WHEN type(job_of_other) = 'HIRED_BY' THEN job_of_other.first_reported END,
    date('0001-01-01')
  ) AS begun_by_other
WHERE begun <= coalesce(job_of_other.end_latest, date('9999-12-31'))
  AND begun_by_other <= coalesce(job.end_latest, date('9999-12-31'))
RETURN person, job, place, job_of_other, other
ORDER BY place.name, other.name, job.id, job_of_other.id
LIMIT 100
