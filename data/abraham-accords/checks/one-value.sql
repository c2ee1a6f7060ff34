-- table: facts
-- Where a property has one value, statements that give another one for the same time contradict each other: they share a conflict. What
-- cannot change has one value at all times.
-- Who is a signatory has joined: that a country joined is less precise.
WITH said AS (
  SELECT facts.id, subject, property, coalesce(date, '') AS date, conflict, coalesce(properties.changes, 0) AS changes,
    coalesce(value_entity, value_code, value_date, value_text, value_number, value_boolean,
      iif(coalesce(value_min, value_max) IS NULL, NULL, coalesce(value_min, '') || '/' || coalesce(value_max, '')), value_above) AS value
  FROM facts JOIN properties ON properties.id = facts.property
  WHERE properties.cardinality = 'one' AND rank <> 'deprecated' AND replacedBy IS NULL)
SELECT other.id,
  'This contradicts ' || first.id || ': ' || first.property || ' has one value. Give both the same "conflict" and a "reason"'
    || iif(other.changes, '; or a "date" each, where it has changed.', '.') AS message
FROM said AS other
JOIN said AS first ON first.subject = other.subject AND first.property = other.property AND (first.date = other.date OR NOT other.changes) AND first.id < other.id
WHERE first.value <> other.value AND coalesce(first.conflict, first.id) <> coalesce(other.conflict, other.id)
  AND NOT (first.property = 'accordsStatus' AND first.value IN ('joined', 'signatory') AND other.value IN ('joined', 'signatory'))
