// Creates entities, each with the label of its kind from the start: a label added later rewrites
// the node on some engines. A label cannot be a parameter.
// parameters: rows
// columns: none
UNWIND $rows AS row
FOREACH (_ IN CASE WHEN row.kind = 'Person' THEN [1] ELSE [] END |
  CREATE (e:Entity:Person {id: row.id}) SET e += row)
FOREACH (_ IN CASE WHEN row.kind = 'Company' THEN [1] ELSE [] END |
  CREATE (e:Entity:Company {id: row.id}) SET e += row)
FOREACH (_ IN CASE WHEN row.kind = 'Organization' THEN [1] ELSE [] END |
  CREATE (e:Entity:Organization {id: row.id}) SET e += row)
FOREACH (_ IN CASE WHEN row.kind = 'Product' THEN [1] ELSE [] END |
  CREATE (e:Entity:Product {id: row.id}) SET e += row)
