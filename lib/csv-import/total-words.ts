/** What a row with a total is called, as alternatives of a regular expression that ignores case. */
export const TOTAL_WORDS = "(grand )?totals?|insgesamt|gesamt|summe|zusammen|ensemble|totaal|totale|итого|всего|合计|总计|合計|計";
