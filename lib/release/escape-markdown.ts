import { singleLine } from "./single-line.ts";

/** Escapes text for Markdown, so that none of it is markup. */
export const escapeMarkdown = (text: string): string =>
  singleLine(text)
    .replaceAll(/[\\`*_{}[\]<>()!|&~]/g, "\\$&")
    // At the start of a line, these would begin a heading or a list.
    .replace(/^\s*(?:[#+\-=]|\d+(?=[.)](?:\s|$)))/, (start) => (/\d$/.test(start) ? `${start}\\` : `\\${start.trimStart()}`));
