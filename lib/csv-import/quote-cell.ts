import { findHiddenCharacter } from "../diagnostics/find-hidden-character.ts";

const escaped = (c: string): string => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;

/** Quotes a cell for a message, truncated, with invisible characters and unusual spaces around the text escaped. */
export const quoteCell = (cell: string): string =>
  JSON.stringify(cell.length > 40 ? `${cell.slice(0, 39).toWellFormed()}…` : cell)
    .replaceAll(/^"\p{Zs}+|\p{Zs}+"$/gu, (spaces) => spaces.replaceAll(/(?! )\p{Zs}/gu, escaped))
    .replaceAll(/\P{ASCII}/gu, (c) => (findHiddenCharacter(c) === undefined ? c : escaped(c)));
