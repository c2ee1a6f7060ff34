-- table: facts
-- What can change is confirmed for a date only by evidence of that time: an independent or official source that is at most a year older.
-- For what took place on a day or in a period, an undated source counts too: it can tell only afterwards.
-- Without a date nothing shows that evidence is of its time, unless a confirmed statement of the same value has a date.
-- No source tells how things stood after it was published: whatever its certainty, what held as of a day has no older source.
WITH
backing (id, source) AS (
  SELECT id, source FROM facts
  UNION
  SELECT facts_id, source FROM facts_corroboration WHERE kind = 'supports'),
confirmed AS (
  SELECT facts.*,
    coalesce(value_entity, value_code, value_date, value_text, value_number, value_boolean,
      iif(coalesce(value_min, value_max) IS NULL, NULL, coalesce(value_min, '') || '/' || coalesce(value_max, '')), value_above) AS value,
    -- The day for which evidence is needed: the last one of a period.
    substr(iif(dateRole = 'period', date_end, date_start), 1, 4) AS year
  FROM facts JOIN properties ON properties.id = facts.property
  WHERE properties.changes AND facts.certainty = 'confirmed')
SELECT confirmed.id,
  'This is confirmed as of ' || confirmed.date || ', but no independent or official source that supports it is dated ' || (year - 1)
    || ' or later. Add one; or set "certainty": "reported", or an earlier "date".' AS message
FROM confirmed
JOIN sources AS own ON own.id = confirmed.source
WHERE confirmed.date IS NOT NULL
  AND NOT EXISTS (
    SELECT 1 FROM backing JOIN sources ON sources.id = backing.source
    WHERE backing.id = confirmed.id
      AND (sources.type IN ('official', 'scholarly')
        OR coalesce(sources.originalPublisher, sources.publisher) <> coalesce(own.originalPublisher, own.publisher))
      AND (CAST(substr(sources.published, 1, 4) AS INTEGER) >= year - 1
        OR sources.published IS NULL AND confirmed.dateRole <> 'as-of'))
UNION ALL
SELECT confirmed.id,
  'This can change with time, and is confirmed without a date. Say in "date" when it held, and in "dateRole" of what kind the date is; or set'
    || ' "certainty": "reported".' AS message
FROM confirmed
WHERE confirmed.date IS NULL
  AND NOT EXISTS (
    SELECT 1 FROM confirmed AS dated
    WHERE dated.subject = confirmed.subject AND dated.property = confirmed.property AND dated.value = confirmed.value AND dated.date IS NOT NULL)
UNION ALL
SELECT facts.id,
  'This is as of ' || facts.date || ', but ' || sources.label || ', which supports it, was published before. Set "kind": "mentions" for that source, or'
    || ' an earlier "date".' AS message
FROM facts
JOIN backing ON backing.id = facts.id
JOIN sources ON sources.id = backing.source
WHERE facts.dateRole = 'as-of' AND sources.published_end < facts.date_start
