/** Layout 1: guards only the start of a text, and numbers too. */
const FORMULA_1 = /^(?=[=+\-@\t\r'])/;

/**
 * A spreadsheet may run text that starts with one of these as a formula (OWASP, CSV injection; full-width forms included). Some split
 * at `;`, so each text after one counts as a start. A number and a lone sign are never run.
 */
const FORMULA = /(?<=^|;)(?=[=+\-@\t\r\n'＝＋－＠])(?!(?:[=+\-@＝＋－＠]|[+-](?:\d[\d.,]*|\.\d+)(?:e[+-]?\d+)?%?)(?:;|$))/gi;

/** A fast test that most texts fail. */
const SUSPECT = /^[=+\-@\t\r\n'＝＋－＠]|;/;

/** Guards a text for a CSV, so that it is never a formula. `unguardFormula` restores the exact text. */
export const guardFormula = (layout: number, text: string): string =>
  SUSPECT.test(text) ? text.replace(layout === 1 ? FORMULA_1 : FORMULA, "'") : text;

/** Restores a guarded text: drops one `'` at the start and, from layout 2 on, after each `;`. */
export const unguardFormula = (layout: number, text: string): string => text.replace(layout === 1 ? /^'/ : /(?<=^|;)'/g, "");
