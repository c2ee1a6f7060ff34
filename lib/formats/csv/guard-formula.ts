/** Layout 1: the start of a text only, and numbers as well. */
const FORMULA_1 = /^(?=[=+\-@\t\r'])/;

/**
 * A spreadsheet may run text that starts with one of these as a formula (OWASP, CSV injection; full-width forms included). Some split
 * at `;`, so each text after one counts as a start. A number and a lone sign are never run.
 */
const FORMULA = /(?<=^|;)(?=[=+\-@\t\r\n'＝＋－＠])(?!(?:[=+\-@＝＋－＠]|[+-](?:\d[\d.,]*|\.\d+)(?:e[+-]?\d+)?%?)(?:;|$))/gi;

/** What most texts lack: a quick answer for them. */
const SUSPECT = /^[=+\-@\t\r\n'＝＋－＠]|;/;

/** Text as it stands in a CSV: never a formula. `unguardFormula` gives the exact text again. */
export const guardFormula = (layout: number, text: string): string =>
  SUSPECT.test(text) ? text.replace(layout === 1 ? FORMULA_1 : FORMULA, "'") : text;

/** What `guardFormula` was given: one `'` is dropped at the start and, from layout 2 on, after each `;`. */
export const unguardFormula = (layout: number, text: string): string => text.replace(layout === 1 ? /^'/ : /(?<=^|;)'/g, "");
