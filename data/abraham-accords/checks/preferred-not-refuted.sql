-- table: facts
-- What was shown to be wrong is not what readers should take.
SELECT id, 'It is refuted and preferred at once. Prefer the statement that refutes it, and set "rank": "deprecated" here; or correct the certainty.' AS message
FROM facts
WHERE rank = 'preferred' AND certainty = 'refuted'
