-- One row for each country or territory of which a statement says where it stands.
WITH
-- What stands: of several statements the preferred one, else the one about the latest time, else the firmest.
standing AS (
  SELECT facts.*,
    row_number() OVER (
      PARTITION BY subject, property
      ORDER BY rank = 'preferred' DESC, coalesce(date_end, '') DESC,
        CASE certainty WHEN 'confirmed' THEN 0 WHEN 'reported' THEN 1 WHEN 'expected' THEN 2 ELSE 3 END, id) AS place
  FROM facts
  WHERE rank <> 'deprecated' AND certainty <> 'refuted' AND replacedBy IS NULL),
first AS (SELECT * FROM standing WHERE place = 1),
-- How many statements contradict one that is believed. A date within another agrees with it.
against AS (
  SELECT first.id, count(*) AS statements
  FROM first JOIN facts AS other ON other.conflict = first.conflict
  WHERE CASE
    WHEN first.value_date IS NULL OR other.value_date IS NULL
      THEN coalesce(other.value_code, other.value_date, other.value_boolean, 'unstated')
        <> coalesce(first.value_code, first.value_date, first.value_boolean, 'unstated')
    ELSE NOT (first.value_date_start <= other.value_date_start AND other.value_date_end <= first.value_date_end)
      AND NOT (other.value_date_start <= first.value_date_start AND first.value_date_end <= other.value_date_end)
    END
  GROUP BY first.id),
-- The source to name: the most reliable one that says or supports the statement, and of which no statement is refuted; of several, its own.
-- What is said as of a day is not credited to a source that was published before it.
named AS (
  SELECT cited.id, cited.source,
    row_number() OVER (
      PARTITION BY cited.id
      ORDER BY EXISTS (SELECT 1 FROM facts WHERE facts.source = cited.source AND facts.rank = 'deprecated'),
        coalesce(sources.published_end < cited.day, 0),
        CASE WHEN sources.type IN ('official', 'scholarly') THEN 0 WHEN sources.type IN ('news-agency', 'news') THEN 1
          WHEN sources.type IN ('reference', 'documentation') THEN 2 ELSE 3 END,
        cited.place, cited.source) AS place
  FROM (
    SELECT id, source, 0 AS place, iif(dateRole = 'as-of', date_start, NULL) AS day FROM first
    UNION ALL
    SELECT facts_corroboration.facts_id, facts_corroboration.source, 1, iif(first.dateRole = 'as-of', first.date_start, NULL)
    FROM facts_corroboration
    JOIN first ON first.id = facts_corroboration.facts_id
    WHERE facts_corroboration.kind = 'supports') AS cited
  JOIN sources ON sources.id = cited.source),
-- The relation of a country with Israel.
relation AS (
  SELECT other."between" AS country, other.entities_id AS id
  FROM entities_between AS israel
  JOIN entities_between AS other ON other.entities_id = israel.entities_id AND other."between" <> israel."between"
  WHERE israel."between" = 'country:IL'),
-- The first document that was signed for a country.
signed AS (
  SELECT party AS country, subject AS instrument, row_number() OVER (PARTITION BY party ORDER BY date_start, subject, id) AS place
  FROM standing
  WHERE property = 'signedBy' AND party IS NOT NULL)
SELECT
  status.subject AS country,
  entities.alpha2 AS iso,
  status.value_code AS status,
  iif(status.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = status.id), 0)) AS statusConflicts,
  status.date AS asOf,
  announced.value_date AS announced,
  iif(announced.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = announced.id), 0)) AS announcedConflicts,
  joined.value_date AS signed,
  iif(joined.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = joined.id), 0)) AS signedConflicts,
  joinedSource.source AS signedSource,
  CASE WHEN joined.id IS NOT NULL THEN signed.instrument END AS instrument,
  since.value_date AS relationsSince,
  iif(since.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = since.id), 0)) AS relationsSinceConflicts,
  embassies.value_boolean AS embassies,
  iif(embassies.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = embassies.id), 0)) AS embassiesConflicts,
  status.certainty AS certainty,
  statusSource.source AS source,
  (SELECT max(sources.read) FROM sources
   WHERE sources.id = status.source
     OR sources.id IN (SELECT named.source FROM named WHERE named.id = status.id)) AS lastChecked,
  embassies.date AS embassiesAsOf,
  entities.sameAs AS sameAs,
  relations.value_code AS relations,
  iif(relations.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = relations.id), 0)) AS relationsConflicts,
  relations.date AS relationsAsOf,
  position.value_code AS position,
  iif(position.id IS NULL, NULL, coalesce((SELECT statements FROM against WHERE id = position.id), 0)) AS positionConflicts,
  position.date AS positionAsOf,
  embassiesSource.source AS embassiesSource,
  relationsSource.source AS relationsSource,
  positionSource.source AS positionSource,
  announcedSource.source AS announcedSource,
  sinceSource.source AS relationsSinceSource,
  embassies.certainty AS embassiesCertainty,
  relations.certainty AS relationsCertainty,
  position.certainty AS positionCertainty
FROM first AS status
JOIN named AS statusSource ON statusSource.id = status.id AND statusSource.place = 1
JOIN entities ON entities.id = status.subject
LEFT JOIN first AS announced ON announced.subject = status.subject AND announced.property = 'announcedOn'
LEFT JOIN named AS announcedSource ON announcedSource.id = announced.id AND announcedSource.place = 1
LEFT JOIN first AS joined ON joined.subject = status.subject AND joined.property = 'joinedOn'
LEFT JOIN named AS joinedSource ON joinedSource.id = joined.id AND joinedSource.place = 1
LEFT JOIN signed ON signed.country = status.subject AND signed.place = 1
LEFT JOIN relation ON relation.country = status.subject
LEFT JOIN first AS since ON since.subject = relation.id AND since.property = 'relationsEstablishedOn'
LEFT JOIN named AS sinceSource ON sinceSource.id = since.id AND sinceSource.place = 1
LEFT JOIN first AS embassies ON embassies.subject = relation.id AND embassies.property = 'embassiesExchanged'
LEFT JOIN named AS embassiesSource ON embassiesSource.id = embassies.id AND embassiesSource.place = 1
LEFT JOIN first AS relations ON relations.subject = relation.id AND relations.property = 'relationsStatus'
LEFT JOIN named AS relationsSource ON relationsSource.id = relations.id AND relationsSource.place = 1
LEFT JOIN first AS position ON position.subject = status.subject AND position.property = 'officialPositionOnJoining'
LEFT JOIN named AS positionSource ON positionSource.id = position.id AND positionSource.place = 1
WHERE status.property = 'accordsStatus'
ORDER BY country
