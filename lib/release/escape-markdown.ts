import { escapeControlChars } from "../diagnostics/escape-control-chars.ts";

/** Longer values are cut. */
const SHOWN = 300;

/** Text from data on one line, with control and direction characters escaped. */
export function singleLine(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
  return escapeControlChars(short.replaceAll(/\s+/g, " "));
}

/** Text from data in Markdown: none of it is markup. */
export const escapeMarkdown = (text: string): string =>
  singleLine(text)
    .replaceAll(/[\\`*_{}[\]<>()!|&~]/g, "\\$&")
    // At the beginning of a line these would make a heading or a list.
    .replace(/^\s*(?:[#+\-=]|\d+(?=[.)](?:\s|$)))/, (start) => (/\d$/.test(start) ? `${start}\\` : `\\${start.trimStart()}`));

/** Text from data as code in Markdown. */
export function inlineCode(text: string): string {
  const plain = singleLine(text) || " ";
  const fence = "`".repeat(1 + Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length > 1 ? `${fence} ${plain} ${fence}` : `\`${plain}\``;
}

/** Markdown with untrusted text, for a forge that turns plain text into links and mentions even where it is escaped. */
export const neutralizeMentions = (markdown: string): string =>
  markdown
    .replaceAll(/@(?=[\w\\])/g, "@\u200b")
    .replaceAll(/#(?=\d)/g, "#\u200b")
    .replaceAll(/\b(gh)-(?=\d)/gi, "$1-\u200b")
    .replaceAll(/www(?=\\?\.)/gi, "$&\u200b")
    .replaceAll(/:(?=\\?\/)/g, ":\u200b");
