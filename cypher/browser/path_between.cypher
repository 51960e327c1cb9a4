// Le chemin entre deux noms (The path between two names)
// Les plus courts chemins, sans ce qui est démenti. The shortest ones, without what is denied.
// parameters: none
// columns: path
WITH 'Ruoming Pang' AS origin_name, 'Yann LeCun' AS target_name
MATCH (origin:Entity)
WHERE origin.name = origin_name
MATCH (target:Entity)
WHERE target.name = target_name
MATCH path = allShortestPaths((origin)-[:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY*..6]-(target))
WHERE all(step IN relationships(path) WHERE step.status <> 'denied')
RETURN path
LIMIT 20
