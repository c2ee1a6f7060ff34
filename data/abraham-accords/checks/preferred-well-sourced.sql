-- table: facts
-- A preferred statement rests on two independent sources, or on one that is official or scholarly.
-- Sources are independent where they come from different publishers; a copy counts as the publisher that it copies.
-- Two statements are preferred on one source, and their reasons say why nothing better is known. Another one needs a source instead.
WITH
exceptions (id, why) AS (VALUES
  ('il-sd-embassies-tps', 'that no embassy opened is rarely reported; the other statement stands alone'),
  ('kz-religion-wikipedia', 'a census figure; the other statement speaks of the state, not of its population')),
backing (id, source) AS (
  SELECT id, source FROM facts
  UNION
  SELECT facts_id, source FROM facts_corroboration WHERE kind = 'supports')
SELECT facts.id,
  'This is preferred, but rests on one source only (' || facts.source_label
    || '), which is neither official nor scholarly. Add an independent source to its corroboration, or prefer another statement.' AS message
FROM facts
JOIN backing ON backing.id = facts.id
JOIN sources ON sources.id = backing.source
WHERE facts.rank = 'preferred' AND facts.id NOT IN (SELECT id FROM exceptions)
GROUP BY facts.id
HAVING count(DISTINCT coalesce(sources.originalPublisher, sources.publisher)) < 2
  AND max(sources.type IN ('official', 'scholarly')) = 0
