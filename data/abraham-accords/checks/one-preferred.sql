-- table: facts
-- Statements that contradict each other: one of them is preferred; or none, where all are disputed and the question is open.
SELECT first.id,
  CASE WHEN count(preferred.id) = 0
    THEN 'No statement of the conflict "' || first.conflict || '" is preferred. Set "rank": "preferred" on the one to be believed, and say why'
      || ' in its reason; or set "certainty": "disputed" on all of them if the question is open.'
    ELSE 'The conflict "' || first.conflict || '" has ' || count(preferred.id) || ' preferred statements: '
      || group_concat(preferred.id, ', ') || '. Keep "rank": "preferred" on one of them.'
  END AS message
FROM (
  SELECT conflict, coalesce(min(CASE WHEN rank = 'preferred' THEN id END), min(id)) AS id, sum(certainty <> 'disputed') AS decided
  FROM facts WHERE conflict IS NOT NULL GROUP BY conflict) AS first
LEFT JOIN facts AS preferred ON preferred.conflict = first.conflict AND preferred.rank = 'preferred'
GROUP BY first.conflict, first.id
HAVING count(preferred.id) > 1 OR count(preferred.id) = 0 AND first.decided > 0
