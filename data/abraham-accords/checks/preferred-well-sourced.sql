-- table: facts
-- A preferred statement is confirmed: certainty-follows-sources.sql says by what.
-- Two statements are preferred although one source only reports them, and their reasons say why nothing better is known. Another one needs a
-- source instead.
WITH exceptions (id, why) AS (VALUES
  ('il-sd-embassies-tps', 'that no embassy opened is rarely reported; the other statement stands alone'),
  ('kz-religion-wikipedia', 'a census figure; the other statement speaks of the state, not of its population'))
SELECT id,
  'This is preferred, but not confirmed (' || source_label
    || '). Add an independent source to its corroboration and set "certainty": "confirmed", or prefer another statement.' AS message
FROM facts
WHERE rank = 'preferred' AND certainty NOT IN ('confirmed', 'refuted') AND id NOT IN (SELECT id FROM exceptions)
UNION ALL
SELECT id, 'This is an exception in preferred-well-sourced.sql (' || why || '), but needs none. Remove it from that list.' AS message
FROM exceptions
WHERE id NOT IN (SELECT id FROM facts WHERE rank = 'preferred' AND certainty NOT IN ('confirmed', 'refuted'))
