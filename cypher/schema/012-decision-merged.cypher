// Decisions on an entity, by the id that its own name gives it.
// parameters: none
// columns: none
CREATE INDEX decision_merged_id IF NOT EXISTS FOR (d:Decision) ON (d.merged_id)
