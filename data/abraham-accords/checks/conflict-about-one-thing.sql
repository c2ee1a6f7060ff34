-- table: facts
-- Statements can contradict each other only where they say the same thing of the same subject.
SELECT other.id,
  'The conflict "' || other.conflict || '" is about ' || first.subject || ' and ' || first.property || ' (' || first.id || '), but this is about '
    || other.subject || ' and ' || other.property || '. Mend the subject or the property, or give it another conflict.' AS message
FROM facts AS other
JOIN facts AS first ON first.id = (
  -- What most of the group says; where there are as many on both sides, the first id.
  SELECT min(id) FROM facts WHERE conflict = other.conflict
  GROUP BY subject, property ORDER BY count(*) DESC, min(id) LIMIT 1)
WHERE other.subject <> first.subject OR other.property <> first.property
