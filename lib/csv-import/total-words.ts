/** Labels of rows with a total, as alternatives of a case-insensitive regular expression. */
export const TOTAL_WORDS = "(grand )?totals?|insgesamt|gesamt|summe|zusammen|ensemble|totaal|totale|итого|всего|合计|总计|合計|計";
