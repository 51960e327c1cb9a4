UNWIND $rows AS row
MATCH (a:Bare {id: row.a})
MATCH (b:Bare {id: row.b})
MERGE (a)-[:BARE {id: row.id}]->(b)
