MATCH (c:Claim)
RETURN c.fact_id AS fact, c.subject_id AS subject, c.subject_name AS subject_name,
       c.object_id AS object, c.object_name AS object_name
ORDER BY c.id
LIMIT $count
