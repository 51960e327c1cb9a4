// Where these people worked, were hired, lead or founded.
// parameters: ids, statuses
// columns: person, place, type, fact
UNWIND $ids AS id
MATCH (p:Person {id: id})-[j:WORKED_AT|HIRED_BY|LEADS|FOUNDED]->(place:Entity)
WHERE j.status IN $statuses AND NOT place:Product
RETURN
  {id: p.id, name: p.name, kind: p.kind} AS person,
  {id: place.id, name: place.name, kind: place.kind} AS place,
  type(j) AS type,
  {
    id: j.id, status: j.status, first_reported: j.first_reported,
    start_earliest: j.start_earliest, start_latest: j.start_latest,
    end_earliest: j.end_earliest, end_latest: j.end_latest
  } AS fact
