import { escapeControlChars } from "../diagnostics/escape-control-chars.ts";

/** Longer values are cut. */
const SHOWN = 300;

/** Text from data on one line, with control and direction characters escaped. */
export function singleLine(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
  return escapeControlChars(short.replaceAll(/\s+/g, " "));
}
