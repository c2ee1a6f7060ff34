import { escapeControlChars } from "../diagnostics/escape-control-chars.ts";

/** Maximum length; longer values are truncated. */
const MAX_CHARACTERS = 300;

/** Formats untrusted text on one line, with control and bidirectional characters escaped. */
export function singleLine(text: string): string {
  const short = text.length > MAX_CHARACTERS ? `${text.slice(0, MAX_CHARACTERS).toWellFormed()}…` : text;
  return escapeControlChars(short.replaceAll(/\s+/g, " "));
}
