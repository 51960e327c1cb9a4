UNWIND $rows AS row
MERGE (:Bare {id: row.id})
