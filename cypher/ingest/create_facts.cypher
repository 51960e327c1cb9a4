// Creates facts that were not there. Looking for each first, as ingest/write_facts does, takes the
// longer the more relationships start at its entity. A type cannot be a parameter.
// parameters: rows
// columns: none
UNWIND $rows AS row
MATCH (s:Entity {id: row.start})
MATCH (o:Entity {id: row.end})
FOREACH (_ IN CASE WHEN row.type = 'WORKED_AT' THEN [1] ELSE [] END |
  CREATE (s)-[f:WORKED_AT]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'HIRED_BY' THEN [1] ELSE [] END |
  CREATE (s)-[f:HIRED_BY]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'LEADS' THEN [1] ELSE [] END |
  CREATE (s)-[f:LEADS]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'FOUNDED' THEN [1] ELSE [] END |
  CREATE (s)-[f:FOUNDED]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'INVESTED_IN' THEN [1] ELSE [] END |
  CREATE (s)-[f:INVESTED_IN]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'ACQUIRED' THEN [1] ELSE [] END |
  CREATE (s)-[f:ACQUIRED]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'PART_OF' THEN [1] ELSE [] END |
  CREATE (s)-[f:PART_OF]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'DEVELOPS' THEN [1] ELSE [] END |
  CREATE (s)-[f:DEVELOPS]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'WORKED_ON' THEN [1] ELSE [] END |
  CREATE (s)-[f:WORKED_ON]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'USES' THEN [1] ELSE [] END |
  CREATE (s)-[f:USES]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'PARTNERED_WITH' THEN [1] ELSE [] END |
  CREATE (s)-[f:PARTNERED_WITH]->(o) SET f = row.properties)
FOREACH (_ IN CASE WHEN row.type = 'RECRUITED_BY' THEN [1] ELSE [] END |
  CREATE (s)-[f:RECRUITED_BY]->(o) SET f = row.properties)
