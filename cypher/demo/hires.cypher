// Who was hired by whom, as the demo suggests to ask.
// parameters: none
// columns: person, status, company
MATCH (p:Person)-[r:HIRED_BY]->(c) RETURN p.name AS person, r.status AS status, c.name AS company
