// The best supported relationships of these types and statuses, between these kinds, reported within
// a period: the most sources first, then the most claims, then the latest.
// Without days every relationship passes, also one that no dated article reports.
// Whether it held on some day from `valid_from` to `valid_to` has three answers (graph/times.py);
// `held` names those that pass.
// parameters: types, statuses, kinds, min_sources, reported_from, reported_to, valid_from, valid_to, held, lasting, limit
// columns: type, fact, subject, object
MATCH (s:Entity)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(o:Entity)
WHERE type(r) IN $types
  AND r.status IN $statuses
  AND s.kind IN $kinds AND o.kind IN $kinds
  AND r.sources >= $min_sources
  AND ($reported_from IS NULL OR r.last_reported >= $reported_from)
  AND ($reported_to IS NULL OR r.first_reported <= $reported_to)
  AND (($valid_from IS NULL AND $valid_to IS NULL) OR
    CASE
      WHEN r.start_earliest > $valid_to OR r.end_latest < $valid_from THEN 'no'
      WHEN ($valid_to IS NULL OR r.start_latest <= $valid_to OR r.end_latest <= $valid_to)
        AND ($valid_from IS NULL OR r.end_earliest >= $valid_from OR r.start_earliest >= $valid_from
          OR (type(r) IN $lasting AND r.end_earliest IS NULL AND r.end_latest IS NULL))
        THEN 'certainly'
      ELSE 'possibly'
    END IN $held)
WITH s, r, o
ORDER BY r.sources DESC, r.claims DESC, r.last_reported DESC, r.id
LIMIT $limit
RETURN
  type(r) AS type,
  {
    id: r.id, status: r.status, contested: r.contested, role: r.role,
    amount_value: r.amount_value, amount_currency: r.amount_currency,
    amount_bound: r.amount_bound, amount_purpose: r.amount_purpose,
    start_earliest: r.start_earliest, start_latest: r.start_latest,
    end_earliest: r.end_earliest, end_latest: r.end_latest,
    sources: r.sources, claims: r.claims,
    first_reported: r.first_reported, last_reported: r.last_reported
  } AS fact,
  {id: s.id, name: s.name, kind: s.kind} AS subject,
  {id: o.id, name: o.name, kind: o.kind} AS object
