import { escapeControlChars } from "../lib/diagnostics/escape-control-chars.ts";
import { isColored } from "./colors.ts";

/** The escape sequences of the palette. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it matches escape sequences
const PAINT = /(\u001b\[(?:[012]|31)m)/;

/** Prints a line with control characters escaped, because it may contain untrusted text. */
export function out(line: string): void {
  const parts = isColored ? line.split(PAINT) : [line];
  process.stdout.write(`${parts.map((part, i) => (i % 2 === 1 ? part : escapeControlChars(part, "\n"))).join("")}\n`);
}
