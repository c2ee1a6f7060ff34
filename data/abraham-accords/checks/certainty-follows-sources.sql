-- table: facts
-- A statement is confirmed by two independent sources, or by one that is official or scholarly; what is confirmed in this way is more than
-- reported. What sources disagree about is disputed, and its conflict names the other statements.
-- Sources are independent where they come from different publishers; a copy counts as the publisher that it copies. Another publisher's
-- source by the same author is not independent: it is a mention.
-- A source that attributes a statement to others vouches only for their having said it, whatever its own authority.
-- What a document says of itself, such as its author, needs no other source.
WITH
backing (id, source, is_stated) AS (
  SELECT id, source, assertion <> 'attributes' FROM facts
  UNION
  SELECT facts_id, source, TRUE FROM facts_corroboration WHERE kind = 'supports'),
supporting AS (
  SELECT backing.id, backing.is_stated, sources.label, sources.type, sources.author,
    coalesce(sources.originalPublisher, sources.publisher) AS publisher
  FROM backing JOIN sources ON sources.id = backing.source),
backed AS (
  SELECT facts.id, facts.subject, facts.source, facts.source_label, facts.assertion, facts.certainty,
    count(DISTINCT supporting.publisher) AS publishers,
    max(supporting.type IN ('official', 'scholarly') AND supporting.is_stated) AS is_authoritative
  FROM facts
  JOIN supporting ON supporting.id = facts.id
  GROUP BY facts.id)
SELECT id,
  'This is confirmed, but rests on one publisher only (' || source_label || '), which '
    || iif(assertion = 'attributes', 'attributes it to others', 'is neither official nor scholarly')
    || '. Add an independent source to its corroboration, or set "certainty": "reported".' AS message
FROM backed
WHERE certainty = 'confirmed' AND publishers < 2 AND NOT is_authoritative AND subject <> 'document:' || source
UNION ALL
SELECT id,
  'This is reported, but ' || publishers || ' independent publishers support it. Set "certainty": "confirmed"; or, for a source that says it'
    || ' only in part, "kind": "mentions".' AS message
FROM backed
WHERE certainty = 'reported' AND publishers >= 2
UNION ALL
SELECT id,
  'This is reported, but an official or scholarly source says it. Set "certainty": "confirmed"; or, where that source attributes it to others,'
    || ' "assertion": "attributes"; or, where sources disagree, "certainty": "disputed" and a "conflict".' AS message
FROM backed
WHERE certainty = 'reported' AND publishers < 2 AND is_authoritative
UNION ALL
SELECT id,
  'This is disputed, but names no statement that disagrees. Give both the same "conflict" and a "reason", or set "certainty": "reported".' AS message
FROM facts
WHERE certainty = 'disputed'
  AND NOT EXISTS (SELECT 1 FROM facts AS other WHERE other.conflict = facts.conflict AND other.id <> facts.id)
UNION ALL
SELECT one.id,
  'Two of its sources have the same author (' || one.label || ', ' || other.label || '), so they are not independent. Set "kind": "mentions" for'
    || ' one of them.' AS message
FROM supporting AS one
JOIN supporting AS other ON other.id = one.id AND other.author = one.author AND one.publisher < other.publisher
