-- table: facts
-- A statement is confirmed by two independent sources, or by one that is official or scholarly; and what two independent sources support is
-- more than reported. Sources are independent where they come from different publishers; a copy counts as the publisher that it copies.
-- What a document says of itself, such as its author, needs no other source.
WITH
backing (id, source) AS (
  SELECT id, source FROM facts
  UNION
  SELECT facts_id, source FROM facts_corroboration WHERE kind = 'supports'),
backed AS (
  SELECT facts.id, facts.subject, facts.source, facts.source_label, facts.certainty,
    count(DISTINCT coalesce(sources.originalPublisher, sources.publisher)) AS publishers,
    max(sources.type IN ('official', 'scholarly')) AS is_authoritative
  FROM facts
  JOIN backing ON backing.id = facts.id
  JOIN sources ON sources.id = backing.source
  GROUP BY facts.id)
SELECT id,
  'This is confirmed, but rests on one publisher only (' || source_label
    || '), which is neither official nor scholarly. Add an independent source to its corroboration, or set "certainty": "reported".' AS message
FROM backed
WHERE certainty = 'confirmed' AND publishers < 2 AND NOT is_authoritative AND subject <> 'document:' || source
UNION ALL
SELECT id,
  'This is reported, but ' || publishers || ' independent publishers support it. Set "certainty": "confirmed"; or, for a source that says it'
    || ' only in part, "kind": "mentions".' AS message
FROM backed
WHERE certainty = 'reported' AND publishers >= 2
