-- table: facts
-- A range goes from its smaller end to its larger one: written the other way round, it holds no number.
SELECT id, 'The range ends before it starts: min is ' || printf('%.15g', value_min) || ' and max is ' || printf('%.15g', value_max)
    || '. Correct one of them, or exchange them.' AS message
FROM facts
WHERE value_min > value_max
