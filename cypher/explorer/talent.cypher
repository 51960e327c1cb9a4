// Who went from one employer to another: worked at the one, was hired by the other.
// parameters: statuses, limit
// columns: origin, target, people, sources
MATCH (a:Entity)<-[was:WORKED_AT]-(p:Person)-[now:HIRED_BY]->(b:Entity)
WHERE a.id <> b.id
  AND was.status IN $statuses AND was.status <> 'planned' AND now.status IN $statuses
  AND NOT EXISTS { MATCH (p)-[:HIRED_BY]->(a) }
WITH a, b, p, now
ORDER BY p.name, p.id
WITH a, b, collect({id: p.id, name: p.name, kind: p.kind}) AS people, sum(now.sources) AS sources
RETURN
  {id: a.id, name: a.name, kind: a.kind} AS origin,
  {id: b.id, name: b.name, kind: b.kind} AS target,
  people,
  sources
ORDER BY size(people) DESC, sources DESC, origin.name, target.name
LIMIT $limit
