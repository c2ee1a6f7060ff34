/** Labels of rows with a total, as alternatives of a case-insensitive regular expression. */
export const TOTAL_WORDS =
  "(grand )?totals?|(suma )?total g[eé]n[eé]ral|totalt|insgesamt|gesamt(ergebnis)?|(gesamt)?summe|zusammen|ensemble|totaal|totale|итого|всего|合计|总计|合計|計";
