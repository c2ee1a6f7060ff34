-- table: facts
-- Whoever is only named as a possible joiner has not joined.
SELECT joined.id,
  joined.subject || ' is only speculated to join (' || status.id || '), but this says that it joined on ' || joined.value_date
    || '. Where it has joined, add its new accordsStatus and set the speculated one to "rank": "deprecated"; where this is wrong, set it to deprecated.' AS message
FROM facts AS joined
JOIN facts AS status ON status.subject = joined.subject
WHERE joined.property = 'joinedOn' AND joined.value_date IS NOT NULL AND joined.rank <> 'deprecated' AND joined.certainty <> 'refuted'
  AND status.property = 'accordsStatus' AND status.value_code = 'speculated' AND status.rank <> 'deprecated'
