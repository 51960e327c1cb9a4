// The latest day on which a relationship of these types and statuses was reported.
// parameters: types, statuses
// columns: day
MATCH (:Entity)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(:Entity)
WHERE type(r) IN $types AND r.status IN $statuses
RETURN max(r.last_reported) AS day
