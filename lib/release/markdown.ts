import { escapeControlChars } from "../diagnostics/escape-control-chars.ts";

/** Longer values are cut where people read them. */
const SHOWN = 300;

/** Text of the data where people read it: control and direction characters are shown, not obeyed. */
export function singleLine(text: string): string {
  const short = text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
  return escapeControlChars(short.replaceAll(/\s+/g, " "));
}

/** Text of the data in Markdown: nothing of it is markup. */
export const escapeMarkdown = (text: string): string =>
  singleLine(text)
    .replaceAll(/[\\`*_{}[\]<>()!|&~]/g, "\\$&")
    // Only at its beginning these would make a heading or a list.
    .replace(/^\s*(?:[#+\-=]|\d+(?=[.)](?:\s|$)))/, (start) => (/\d$/.test(start) ? `${start}\\` : `\\${start.trimStart()}`));

/** Text of the data as code in Markdown. */
export function inlineCode(text: string): string {
  const plain = singleLine(text) || " ";
  const fence = "`".repeat(1 + Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length)));
  return fence.length > 1 ? `${fence} ${plain} ${fence}` : `\`${plain}\``;
}

/** Markdown with strangers' words for a forge that makes links and mentions of plain text, escaped or not. */
export const neutralizeMentions = (markdown: string): string =>
  markdown
    .replaceAll(/@(?=[\w\\])/g, "@\u200b")
    .replaceAll(/#(?=\d)/g, "#\u200b")
    .replaceAll(/\b(gh)-(?=\d)/gi, "$1-\u200b")
    .replaceAll(/www(?=\\?\.)/gi, "$&\u200b")
    .replaceAll(/:(?=\\?\/)/g, ":\u200b");
