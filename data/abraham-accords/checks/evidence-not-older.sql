-- table: facts
-- What can change is confirmed for a date only by evidence of that time: an independent or official source that is at most a year older.
WITH
backing (id, source) AS (
  SELECT id, source FROM facts
  UNION
  SELECT facts_id, source FROM facts_corroboration WHERE kind = 'supports')
SELECT facts.id,
  'This is confirmed as of ' || facts.date || ', but no independent or official source that supports it is dated ' || (substr(facts.date, 1, 4) - 1)
    || ' or later. Add one; or set "certainty": "reported", or an earlier "date".' AS message
FROM facts
JOIN properties ON properties.id = facts.property AND properties.changes
JOIN sources AS own ON own.id = facts.source
WHERE facts.dateRole = 'as-of' AND facts.certainty = 'confirmed'
  AND NOT EXISTS (
    SELECT 1 FROM backing JOIN sources ON sources.id = backing.source
    WHERE backing.id = facts.id
      AND (sources.type IN ('official', 'scholarly')
        OR coalesce(sources.originalPublisher, sources.publisher) <> coalesce(own.originalPublisher, own.publisher))
      AND CAST(substr(sources.published, 1, 4) AS INTEGER) >= substr(facts.date, 1, 4) - 1)
