// Les relations d'une personne, à deux pas (The neighbourhood of a person, two steps far)
// Changez le nom : une personne, une entreprise, un produit. Any name will do.
// parameters: none
// columns: path
WITH 'Yann LeCun' AS name
MATCH path = (start:Entity)-[:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY*1..2]-(:Entity)
WHERE start.name = name
RETURN path
ORDER BY length(path)
LIMIT 100
