-- How the statements of each source stand beside those of other publishers: each statement is counted once, under its own source.
WITH
-- What a statement says, and for a date its first and last day.
said AS (
  SELECT facts.id, facts.subject, facts.property, facts.source, facts.conflict, facts.rank, facts.certainty, facts.replacedBy,
    coalesce(sources.originalPublisher, sources.publisher) AS publisher,
    coalesce(value_entity, value_code, value_date, value_text, value_number, value_boolean,
      iif(coalesce(value_min, value_max) IS NULL, NULL, coalesce(value_min, '') || '/' || coalesce(value_max, '')), value_above, 'unstated') AS value,
    value_date_start AS first_day, value_date_end AS last_day
  FROM facts JOIN sources ON sources.id = facts.source),
-- Pairs of statements of one conflict that say different things. A date within another agrees with it, and is more precise.
pair AS (
  SELECT one.id, other.id AS other_id, other.rank = 'preferred' AND other.certainty <> 'refuted' AND other.replacedBy IS NULL AS wins,
    other.rank <> 'deprecated' AND other.certainty <> 'refuted' AND other.replacedBy IS NULL AS stands,
    one.first_day <= other.first_day AND other.last_day <= one.last_day AS is_wider,
    other.first_day <= one.first_day AND one.last_day <= other.last_day AS is_narrower
  FROM said AS one
  JOIN said AS other ON other.conflict = one.conflict AND other.id <> one.id
    AND CASE WHEN one.first_day IS NULL OR other.first_day IS NULL THEN other.value <> one.value
      ELSE other.first_day <> one.first_day OR other.last_day <> one.last_day END),
against AS (
  SELECT id,
    max(coalesce(is_wider, 0) AND wins) AS is_less_precise,
    max(coalesce(is_narrower, 0) AND wins) AS is_more_precise,
    max(NOT coalesce(is_wider, 0) AND NOT coalesce(is_narrower, 0) AND stands) AS is_contradicted,
    max(NOT coalesce(is_wider, 0) AND NOT coalesce(is_narrower, 0) AND wins) AS is_beaten
  FROM pair GROUP BY id),
-- Statements that another publisher supports: named beside them, or saying the same in a statement of its own.
supported (id) AS (
  SELECT said.id FROM said
  JOIN facts_corroboration AS beside ON beside.facts_id = said.id AND beside.kind = 'supports'
  JOIN sources ON sources.id = beside.source
  WHERE coalesce(sources.originalPublisher, sources.publisher) <> said.publisher
  UNION
  SELECT said.id FROM said
  JOIN said AS other ON other.subject = said.subject AND other.property = said.property AND other.value = said.value
  WHERE other.publisher <> said.publisher AND other.rank <> 'deprecated' AND other.certainty <> 'refuted'),
judged AS (
  SELECT said.id, said.source,
    CASE
      WHEN said.rank = 'deprecated' OR said.certainty = 'refuted' THEN 'wrong'
      WHEN said.replacedBy IS NOT NULL THEN 'lessPrecise'
      WHEN said.rank = 'preferred' THEN 'stands'
      WHEN against.is_less_precise THEN 'lessPrecise'
      WHEN NOT coalesce(against.is_contradicted, 0) OR against.is_more_precise THEN 'stands'
      WHEN NOT against.is_beaten THEN 'open'
      WHEN said.certainty IN ('confirmed', 'reported') THEN 'lessPrecise'
      ELSE 'wrong'
    END AS verdict,
    said.id IN (SELECT id FROM supported) AS is_supported
  FROM said LEFT JOIN against ON against.id = said.id)
SELECT sources.id AS source,
  count(judged.id) AS statements,
  count(CASE WHEN verdict = 'stands' AND is_supported THEN 1 END) AS agrees,
  count(CASE WHEN verdict = 'lessPrecise' THEN 1 END) AS lessPrecise,
  count(CASE WHEN verdict = 'wrong' THEN 1 END) AS wrong,
  count(CASE WHEN verdict = 'open' THEN 1 END) AS open,
  count(CASE WHEN verdict = 'stands' AND NOT is_supported THEN 1 END) AS alone
FROM sources
-- A row stays when the last statement of its source is given to another one.
LEFT JOIN judged ON judged.source = sources.id
GROUP BY sources.id
ORDER BY source
