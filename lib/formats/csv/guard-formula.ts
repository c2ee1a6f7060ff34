/** Layout 1 guards only the start of a text, and also guards numbers. */
const FORMULA_1 = /^(?=[=+\-@\t\r'])/;

/**
 * Texts that spreadsheets may run as formulas, by their first character (OWASP, CSV injection; including full-width forms). Some programs
 * split at `;`, so the text after each `;` is checked too. Numbers and lone signs are never run.
 */
const FORMULA = /(?<=^|;)(?=[=+\-@\t\r\n'＝＋－＠])(?!(?:[=+\-@＝＋－＠]|[+-](?:\d[\d.,]*|\.\d+)(?:e[+-]?\d+)?%?)(?:;|$))/gi;

/** A fast pre-check that excludes most texts. */
const SUSPECT = /^[=+\-@\t\r\n'＝＋－＠]|;/;

/** Guards a text for a CSV, so that no program reads it as a formula. `unguardFormula` restores it exactly. */
export const guardFormula = (layout: number, text: string): string =>
  SUSPECT.test(text) ? text.replace(layout === 1 ? FORMULA_1 : FORMULA, "'") : text;

/** Restores a guarded text: drops one `'` at the start and, from layout 2 on, after each `;`. */
export const unguardFormula = (layout: number, text: string): string => text.replace(layout === 1 ? /^'/ : /(?<=^|;)'/g, "");
