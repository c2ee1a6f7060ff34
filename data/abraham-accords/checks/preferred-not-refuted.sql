-- table: facts
-- Readers must not be offered a refuted statement as the preferred one.
SELECT id, 'It is both refuted and preferred. Prefer the statement that refutes it, and set "rank": "deprecated" here; or correct the certainty.' AS message
FROM facts
WHERE rank = 'preferred' AND certainty = 'refuted'
