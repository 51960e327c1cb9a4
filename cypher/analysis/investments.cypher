// Investments and acquisitions, in the order of their ids, after one.
// The day is the latest that it may have happened on, else that of the first report.
// parameters: types, statuses, investor, target, from_day, to_day, after, limit
// columns: investor, target, type, fact, day
MATCH (i:Entity)-[r:INVESTED_IN|ACQUIRED]->(t:Entity)
WITH i, r, t, coalesce(r.start_latest, r.first_reported) AS day
WHERE r.id > $after
  AND type(r) IN $types
  AND r.status IN $statuses
  AND ($investor IS NULL OR i.id = $investor)
  AND ($target IS NULL OR t.id = $target)
  AND ($from_day IS NULL OR day >= $from_day)
  AND ($to_day IS NULL OR day <= $to_day)
WITH i, r, t, day
ORDER BY r.id
LIMIT $limit
RETURN
  {id: i.id, name: i.name, kind: i.kind} AS investor,
  {id: t.id, name: t.name, kind: t.kind} AS target,
  type(r) AS type,
  {
    id: r.id, status: r.status, amount_value: r.amount_value,
    amount_currency: r.amount_currency, amount_purpose: r.amount_purpose
  } AS fact,
  day
