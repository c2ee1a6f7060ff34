import { type ParseError, parseTree } from "jsonc-parser";
import { isInvisibleCharacter } from "../diagnostics/find-invisible-character.ts";
import { jsonSymbolForCharacter } from "../diagnostics/json-symbol-for-character.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import { edtfDays } from "../schema/edtf-days.ts";
import { stringEnd } from "./string-end.ts";
import type { TextProblem } from "./text-positions.ts";

/** Error codes of jsonc-parser, which exports them as a const enum. */
const CODE = {
  nameExpected: 3,
  colonExpected: 5,
  commaExpected: 6,
  endExpected: 9,
  openText: 12,
  unicode: 14,
  escape: 15,
  character: 16,
};

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?(e[+-]?\d+)?$/i;

/** Maximum characters inspected before and after an error: untrusted text may be long. */
const NEAR = 200;

interface Bracket {
  symbol: string;
  offset: number;
}

/** The brackets that are open at an offset, outermost first. */
function openBrackets(text: string, end: number): Bracket[] {
  const open: Bracket[] = [];
  for (let i = 0; i < end; i += 1) {
    const c = text[i] as string;
    if (c === '"') i = stringEnd(text, i, end);
    if (c === "{" || c === "[") open.push({ symbol: c, offset: i });
    else if (c === "}" || c === "]") open.pop();
  }
  return open;
}

/** The first control character that JSON does not allow, inside or outside of strings. */
function controlCharacter(text: string): TextProblem | undefined {
  let inside = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] as string;
    if (c === '"') inside = !inside;
    else if (inside && c === "\\") i += 1;
    else if (c < " " && (inside || !"\t\n\r".includes(c))) {
      const isAtEdge = /^\s*"/.test(text.slice(i + 1, i + NEAR)) || /(?<!\\)"\s*$/.test(text.slice(Math.max(0, i - NEAR), i));
      return { offset: i, ...jsonRules.controlCharacter(c === "\t", isAtEdge) };
    }
  }
  return undefined;
}

interface ErrorContext {
  code: number;
  /** The text before the error; `found` is the text from the error on. */
  before: string;
  found: string;
  /** The word around the error, up to a space, comma or bracket. */
  word: string;
  /** Open brackets, outermost first. */
  open: readonly Bracket[];
  line(offset: number): number;
  isLast: boolean;
}

type SyntaxRule = (context: ErrorContext) => (Wording & { back?: number }) | undefined;

/** Common mistakes, recognized by the text around the first error; the first match is reported. `back`: characters from the mistake to the error. */
const SYNTAX_RULES: SyntaxRule[] = [
  ({ found }) => (/^(\/\/|\/\*|#|<!--)/.test(found) ? jsonRules.comment() : undefined),
  ({ found }) => (/^[“”„‟‘’]/.test(found) ? jsonRules.curlyQuotes(found.slice(0, 1)) : undefined),
  ({ found }) => {
    const [word = ""] = /^[^ \t\r\n,:[\]{}"]*/.exec(found) ?? [];
    const odd = [...word].find((c) => isInvisibleCharacter(c) || jsonSymbolForCharacter(c) !== undefined);
    return odd === undefined ? undefined : { ...jsonRules.unexpected(odd), back: -word.indexOf(odd) };
  },
  ({ found }) => {
    const [, inside] = /^'([^'\n]*)'/.exec(found) ?? [];
    return inside === undefined ? undefined : jsonRules.singleQuotes(inside);
  },
  ({ before, found }) => {
    const [comma] = /,\s*$/.exec(before) ?? [];
    if (comma === undefined) return undefined;
    if (/^[}\]]/.test(found)) return { ...jsonRules.trailingComma(found.slice(0, 1), false), back: comma.length };
    return found.startsWith(",") ? jsonRules.doubled("comma", "here") : undefined;
  },
  ({ before, found }) => (/:\s*$/.test(before) && found.startsWith(":") ? jsonRules.doubled("colon", "here") : undefined),
  ({ found, open, line, isLast }) => {
    const [closing = ""] = /^[}\]]/.exec(found) ?? [];
    const opening = closing === "}" ? "{" : closing === "]" ? "[" : undefined;
    const innermost = open.at(-1);
    if (!innermost || !opening || innermost.symbol === opening) return undefined;
    if (!isLast && !open.some(({ symbol }) => symbol === opening)) return jsonRules.bracketTooMany(closing);
    return jsonRules.missingBracket(innermost.symbol, line(innermost.offset), closing);
  },
  ({ before, found, open, line }) => {
    const [back, name] = /"([^"\n]*)"\s*$/.exec(before) ?? [];
    if (!found.startsWith(":") || back === undefined || name === undefined) return undefined;
    const innermost = open.at(-1);
    if (!innermost) return { ...jsonRules.missingOpening(name), back: back.length };
    if (innermost.symbol === "[") return { ...jsonRules.missingBracket("[", line(innermost.offset), `"${name}"`), back: back.length };
    return /:\s*$/.test(before.slice(0, -back.length)) ? { ...jsonRules.missingOpening(name), back: back.length } : undefined;
  },
  ({ before, found }) => {
    const [name] = /[\w-]+(?=:\s*"$)/.exec(before) ?? [];
    return name !== undefined && /"[\w-]+:\s*"$/.test(before) && /^\S/.test(found)
      ? { ...jsonRules.openName(name), back: (/"[\w-]+:\s*"$/.exec(before)?.[0] ?? "").length }
      : undefined;
  },
  ({ code, found, open, line }) =>
    found.startsWith("{") && open.at(-1)?.symbol === "{" && [CODE.nameExpected, CODE.commaExpected].includes(code)
      ? jsonRules.missingBracket("{", line(open.at(-1)?.offset ?? 0), "{")
      : undefined,
  ({ before, found }) => {
    const [opening] = /[[{](?=\s*$)/.exec(before) ?? [];
    return opening && found.startsWith(",") ? jsonRules.leadingComma(opening === "[" ? "list" : "object") : undefined;
  },
  ({ code, found }) => (code === CODE.endExpected && /^[}\]]/.test(found) ? jsonRules.bracketTooMany(found.slice(0, 1)) : undefined),
  ({ code, found }) => (code === CODE.endExpected ? jsonRules.betweenRecords(found.startsWith("{")) : undefined),
  ({ before, found }) => (/"$/.test(before) && /^[\p{L}\p{N}]/u.test(found) ? jsonRules.quoteInText() : undefined),
  // `"12" disc"`: the next quote closes the same text, because the value ends there.
  ({ before, found }) =>
    /[:[,][ \t]*"[^"\n]*"[ \t]+$/.test(before) && /^[\p{L}\p{N}][^"\n:,[\]{}]*"[ \t]*(?:[,}\]\r\n]|$)/u.test(found)
      ? jsonRules.quoteInText()
      : undefined,
  ({ before, found, open }) => {
    const symbol = /^(?:[=;]|\.(?=\s))/.exec(found)?.[0];
    if (!symbol) return undefined;
    const isAfterName = open.at(-1)?.symbol === "{" && /[{,]\s*"[^"\n]*"\s*$/.test(before);
    return jsonRules.wrongSymbol(symbol, isAfterName || symbol === "=" ? ":" : ",");
  },
  ({ before, found }) => (/:\s*$/.test(before) && /^[,}\]]/.test(found) ? jsonRules.missingValue() : undefined),
  ({ before, found }) => {
    const [start] = /(?<![\w.])\d{1,3}(?:,\d{3})*,$/.exec(before) ?? [];
    const [rest] = start === undefined ? [] : (/^\d{3}(?:,\d{3})*(?![\w,])/.exec(found.replace(/,(?=\s)/, " ")) ?? []);
    return start && rest ? { ...jsonRules.thousands(`${start}${rest}`), back: start.length } : undefined;
  },
  ({ before, found }) => {
    const [start] = /(?<=:\s*)-?\d{1,3}(?: \d{3})* $/.exec(before) ?? [];
    const [rest] = start === undefined ? [] : (/^\d{3}(?: \d{3})*(?![\w.])/.exec(found) ?? []);
    return start && rest ? { ...jsonRules.thousands(`${start}${rest}`), back: start.length } : undefined;
  },
  ({ before, found, open }) => {
    const [start] = open.at(-1)?.symbol === "{" ? (/(?<=:\s*)-?\d+,$/.exec(before) ?? []) : [];
    const [rest] = start === undefined ? [] : (/^\d+(?=\s*[,}\r\n])/.exec(found) ?? []);
    return start && rest ? { ...jsonRules.numberForm(`${start}${rest}`), back: start.length } : undefined;
  },
  ({ word }) => (/^(true|false)$/i.test(word) ? jsonRules.lowerCase(word) : undefined),
  ({ word }) => (/^(-?infinity|nan|none|undefined|nil|null|n\/a|na|-+)$/i.test(word) ? jsonRules.noValue(word) : undefined),
  ({ code, word, before, found }) => {
    const back = word.length - wordAt(found).length;
    if (edtfDays(word) && /[-/]/.test(word)) return { ...jsonRules.noQuotes(word), back };
    // A valid number is only in the wrong place.
    if (NUMBER.test(word)) return code === CODE.nameExpected ? jsonRules.noQuotes(word) : undefined;
    if (/^[+.-]*\d[\d.,_eE+-]*$|^[+-]?0x[\da-f]+$/i.test(word)) return { ...jsonRules.numberForm(word), back };
    if (!/^[\p{L}_$%]/u.test(word) || before.endsWith('"')) return undefined;
    // `14 pages`, or a phrase.
    const [number = ""] = /(?<![\w.])[\d.]+\s+$/.exec(before) ?? [];
    const phrase = `${number}${word}${/^[^,:[\]{}"\n\r]*/.exec(found.slice(wordAt(found).length))?.[0] ?? ""}`.trimEnd();
    return { ...jsonRules.noQuotes(phrase), back: back + number.length };
  },
  ({ code }) => (code === CODE.colonExpected ? jsonRules.missingColon() : undefined),
  ({ code, found }) => (code === CODE.commaExpected && /^["{[\d-]/.test(found) ? jsonRules.missingComma() : undefined),
  ({ found }) => (found.startsWith(":") ? jsonRules.missingName() : undefined),
  ({ code }) => (code === CODE.openText ? jsonRules.openText() : undefined),
  ({ code }) => ([CODE.escape, CODE.unicode].includes(code) ? jsonRules.backslash(code === CODE.unicode) : undefined),
  ({ code }) => (code === CODE.nameExpected ? jsonRules.missingName() : undefined),
];

function indentationEnd(text: string, lineStart: number): number {
  let end = lineStart;
  while (text[end] === " " || text[end] === "\t") end += 1;
  return end;
}

/**
 * Where an open bracket should have been closed, by indentation: the first line that is not indented deeper than the line
 * of the opening bracket, and does not close it. A parser would report the end of the file.
 */
function misindented(text: string): { offset: number; open: Bracket } | undefined {
  const open: (Bracket & { indent: number })[] = [];
  // The text may start in the middle of a line, whose indentation is unknown.
  let indent = -1;
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] as string;
    if (c === '"') i = stringEnd(text, i);
    if (c === "{" || c === "[") open.push({ symbol: c, offset: i, indent });
    else if (c === "}" || c === "]") open.pop();
    if (c !== "\n") continue;
    const start = indentationEnd(text, i + 1);
    indent = start - i - 1;
    const innermost = open.at(-1);
    if (innermost && innermost.indent >= indent && !"}]\r\n".includes(text[start] ?? "\n")) return { offset: start, open: innermost };
  }
  return undefined;
}

/** The word up to the next JSON symbol. A colon may be part of an unquoted address or time, but usually ends a name. */
const wordAt = (text: string): string => /^[^\s,:[\]{}"]*/.exec(text)?.[0] ?? "";

const CONFLICT = /^(?:<{7} |={7}\r?$|>{7} |\|{7} )/m;

/**
 * The first syntax error of a text that JSON.parse refuses: later ones are usually its consequences. `firstLine`: the text's
 * line in its file; `isLast`: nothing follows.
 */
export function syntaxError(text: string, firstLine = 1, isLast = true): TextProblem {
  if (text.trim() === "") return { offset: 0, ...jsonRules.emptyFile(false) };
  const conflict = CONFLICT.exec(text);
  if (conflict) return { offset: conflict.index, ...jsonRules.mergeConflict() };
  const errors: ParseError[] = [];
  parseTree(text, errors, STRICT);
  const [{ error: code, offset } = { error: 0, offset: text.length }] = errors.sort((a, b) => a.offset - b.offset);
  const control = controlCharacter(text);
  if (control && (errors.length === 0 || code === CODE.character || control.offset < offset)) return control;
  const [outermost] = openBrackets(text, text.length);
  if (offset >= text.trimEnd().length && outermost) return { offset: outermost.offset, ...jsonRules.openBracket(outermost.symbol) };
  const line = (at: number): number => firstLine + text.slice(0, at).split("\n").length - 1;
  return ruledError(text, offset, { code, isLast, line }) ?? unexpectedCharacter(text, offset);
}

/** The error by the first rule that applies. */
function ruledError(text: string, offset: number, known: Pick<ErrorContext, "code" | "isLast" | "line">): TextProblem | undefined {
  const before = text.slice(Math.max(0, offset - NEAR), offset);
  const found = text.slice(offset, offset + NEAR);
  const word = `${/[^\s,:[\]{}"]*$/.exec(before)?.[0] ?? ""}${wordAt(found)}`;
  const context: ErrorContext = { ...known, before, found, word, open: openBrackets(text, offset) };
  for (const describe of SYNTAX_RULES) {
    const error = describe(context);
    if (!error) continue;
    const { back = 0, ...wording } = error;
    const unclosed = wording.rule === jsonRules.missingBracket.anchor ? misindented(text.slice(0, offset)) : undefined;
    return unclosed
      ? { offset: unclosed.offset, ...jsonRules.missingBracket(unclosed.open.symbol, context.line(unclosed.open.offset), "") }
      : { offset: offset - back, ...wording };
  }
  return undefined;
}

function unexpectedCharacter(text: string, offset: number): TextProblem {
  const next = text.codePointAt(offset);
  return { offset, ...jsonRules.unexpected(next === undefined ? undefined : String.fromCodePoint(next)) };
}
