// Relationships with this many independent sources, those of a type in one row: tens of thousands
// come in a fraction of the time that as many rows take. Days are text, which is quicker, too.
// parameters: least, most, limit
// columns: type, rows
MATCH (s:Entity)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(o:Entity)
WHERE r.sources >= $least AND r.sources <= $most
WITH s, r, o
LIMIT $limit
RETURN
  type(r) AS type,
  collect([
    r.id, s.id, o.id, r.status, r.contested, r.sources, r.claims,
    toString(r.first_reported), toString(r.last_reported),
    CASE WHEN coalesce(
      r.role, r.amount_currency, r.start_earliest, r.start_latest, r.end_earliest, r.end_latest
    ) IS NULL THEN NULL ELSE [
      r.role, r.amount_value, r.amount_currency, r.amount_bound, r.amount_purpose,
      toString(r.start_earliest), toString(r.start_latest),
      toString(r.end_earliest), toString(r.end_latest)
    ] END
  ]) AS rows
