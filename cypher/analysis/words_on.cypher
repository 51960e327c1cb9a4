// What claims known by a day, if one is given, say of these entities: the name that they give it, and
// their sentence.
// parameters: ids, known_at
// columns: id, name, claim, quote
UNWIND $ids AS id
MATCH (:Entity {id: id})<-[side:SUBJECT|OBJECT]-(c:Claim)
WHERE $known_at IS NULL OR coalesce(c.published, date(c.loaded_at)) <= $known_at
RETURN
  id,
  CASE WHEN type(side) = 'SUBJECT' THEN c.subject_name ELSE c.object_name END AS name,
  c.id AS claim,
  c.quote AS quote
