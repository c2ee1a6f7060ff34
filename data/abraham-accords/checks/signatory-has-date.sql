-- table: facts
-- Whoever is called a signatory signed at some time.
SELECT status.id,
  status.subject || ' is called a signatory, but no statement that stands says when it joined. Add one with "property": "joinedOn" and a date,'
    || ' or correct the status.' AS message
FROM facts AS status
WHERE status.property = 'accordsStatus' AND status.value_code = 'signatory'
  AND status.rank <> 'deprecated' AND status.certainty <> 'refuted'
  AND NOT EXISTS (
    SELECT 1 FROM facts AS joined
    WHERE joined.subject = status.subject AND joined.property = 'joinedOn' AND joined.value_date IS NOT NULL
      AND joined.rank <> 'deprecated' AND joined.certainty <> 'refuted')
