-- table: heights
-- Readers need one height: a mountain with several has exactly one that is preferred.
SELECT min(id) AS id,
  mountain_label || ' has ' || sum(rank = 'preferred') || ' preferred heights. Set "rank": "preferred" on exactly one.' AS message
FROM heights
GROUP BY mountain
HAVING count(*) > 1 AND sum(rank = 'preferred') <> 1
