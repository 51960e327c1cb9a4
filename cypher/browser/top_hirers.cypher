// Qui recrute le plus (Who hires the most)
// Ce qui est démenti ou seulement prévu ne compte pas. Denied and planned hires do not count.
// parameters: none
// columns: company, hires, people, since, until
MATCH (person:Person)-[hired:HIRED_BY]->(employer:Entity)
WHERE hired.status IN ['asserted', 'reported', 'hedged']
RETURN employer.name AS company,
  count(person) AS hires,
  collect(person.name) AS people,
  toString(min(hired.first_reported)) AS since,
  toString(max(hired.last_reported)) AS until
ORDER BY hires DESC, company
LIMIT 25
