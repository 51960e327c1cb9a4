// Les anciens de X devenus fondateurs ou patrons (Alumni of X who lead a company)
// Changez le nom : une entreprise, une école, un laboratoire. A company, a school, a laboratory.
// parameters: none
// columns: person, was, school, leads, company
WITH 'Meta' AS school_name
MATCH (person:Person)-[was:WORKED_AT|HIRED_BY]->(school:Entity)
WHERE school.name = school_name AND was.status <> 'denied'
MATCH (person)-[leads:FOUNDED|LEADS]->(company:Company)
WHERE company.id <> school.id AND leads.status <> 'denied'
RETURN person, was, school, leads, company
ORDER BY company.name, person.name
LIMIT 100
