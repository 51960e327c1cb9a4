// How many relationships have how many independent sources, the most first.
// parameters: none
// columns: sources, relationships
MATCH (:Entity)-[r:WORKED_AT|HIRED_BY|LEADS|FOUNDED|INVESTED_IN|ACQUIRED|PART_OF|DEVELOPS|WORKED_ON|USES|PARTNERED_WITH|RECRUITED_BY]->(:Entity)
RETURN r.sources AS sources, count(*) AS relationships
ORDER BY sources DESC
