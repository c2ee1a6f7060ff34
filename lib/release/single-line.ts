import { escapeControlChars } from "../diagnostics/escape-control-chars.ts";

/** Maximum length; longer values are truncated. */
const SHOWN = 300;

/** Formats untrusted text on one line, with control and direction characters escaped. */
export function singleLine(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
  return escapeControlChars(short.replaceAll(/\s+/g, " "));
}
