-- table: facts
-- A quotation shows where a statement stands; it does not replace the source. The licence of this dataset does not cover quotations.
SELECT id, 'The quotation has ' || length(locator) || ' characters (maximum 60). Quote the words that decide, or paraphrase: "locatorType": "paraphrase".' AS message
FROM facts
WHERE locatorType = 'quote' AND length(locator) > 60
