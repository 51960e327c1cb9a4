// Qui a quitté l'équipe de X, et pour aller où (Who left the team of X, and for where)
// L'équipe de X : ce que X dirige ou a fondé. The team of X is whatever X leads or founded.
// parameters: none
// columns: leads, person, was, team, joined, elsewhere
WITH 'Sam Altman' AS leader_name
MATCH (leader:Person)-[leads:LEADS|FOUNDED]->(team:Entity)
WHERE leader.name = leader_name AND leads.status <> 'denied'
MATCH (person:Person)-[was:WORKED_AT|HIRED_BY]->(team)
WHERE person.name <> leader_name AND was.status <> 'denied'
MATCH (person)-[joined:HIRED_BY|LEADS|FOUNDED]->(elsewhere:Entity)
WHERE elsewhere.id <> team.id AND joined.status <> 'denied'
WITH leads, person, was, team, joined, elsewhere,
  coalesce(joined.start_latest, joined.first_reported) AS day,
  coalesce(
    was.start_earliest,
    CASE WHEN type(was) = 'HIRED_BY' THEN was.first_reported END,
    date('0001-01-01')
  ) AS before
WHERE day > before
RETURN leads, person, was, team, joined, elsewhere
ORDER BY day DESC, person.name
LIMIT 75
