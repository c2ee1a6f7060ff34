import { type Node, parseTree, visit } from "jsonc-parser";
import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { findForbidden } from "../diagnostics/characters.ts";
import type { ColumnMismatch } from "../diagnostics/column-mismatch.ts";
import { findDamage } from "../diagnostics/find-damage.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import type { Wording } from "../diagnostics/rules/rule.ts";
import { truncate } from "../diagnostics/rules/wording.ts";
import { MAX_VALUE_PROBLEMS, moreProblems, type ValueProblem } from "../diagnostics/value-problems.ts";

/** A problem at an offset of a text, in UTF-16 code units. */
export interface TextProblem extends Wording {
  offset: number;
  field?: string;
  mismatch?: ColumnMismatch;
  /** It may be right, and does not fail the check. */
  isWarning?: true;
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** Maps offsets of a text to lines and columns; `line` and `column` are where the text starts in its file. */
export function textPositions(text: string, line = 1, column = 1): (offset: number) => { line: number; column: number } {
  const starts = [0];
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: line + low, column: offset - (starts[low] as number) + (low === 0 ? column : 1) };
  };
}

const fieldOf = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? truncate(part) : `.${truncate(part)}`)).join("");

const decimal = (text: string): string => {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  return trimmed === "" ? "0" : `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
};

/** Whether a double represents a number exactly as written. */
export const isExact = (written: string): boolean =>
  Number.isFinite(Number(written)) && decimal(written) === decimal(String(Number(written)));

const above = (lines: number): string => (lines === 0 ? "on the same line" : lines === 1 ? "one line above" : `${lines} lines above`);

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/**
 * Finds what JSON.parse accepts silently, up to a maximum: duplicate names, inexact numbers, lone surrogates, control characters
 * and, from layout 2 on, damaged text.
 */
export function lintJson(text: string, layout = LAYOUT): TextProblem[] {
  const problems: TextProblem[] = [];
  const warnings: TextProblem[] = [];
  const names: Map<string, number>[] = [];
  let more = 0;
  const position = textPositions(text);
  const report = (offset: number, path: () => (string | number)[], wording: () => Wording): void => {
    if (problems.length < MAX_VALUE_PROBLEMS) problems.push({ offset, field: fieldOf(path()), ...wording() });
    else more += 1;
  };
  visit(
    text,
    {
      onObjectBegin: () => void names.push(new Map()),
      onObjectEnd: () => void names.pop(),
      onObjectProperty: (name, offset, _length, _line, _column, pathSupplier) => {
        const inside = names.at(-1);
        const before = inside?.get(name);
        if (before !== undefined)
          report(
            offset,
            () => [...pathSupplier(), name],
            () => jsonRules.nameTwice(name, above(position(offset).line - position(before).line)),
          );
        inside?.set(name, offset);
      },
      // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: a table of cases, the most serious first
      onLiteralValue: (value, offset, length, _line, _column, pathSupplier) => {
        const written = text.slice(offset, offset + length);
        if (typeof value === "number" && !isExact(written))
          report(offset, pathSupplier, () => jsonRules.tooManyDigits(written, Number(written)));
        if (typeof value !== "string") return;
        const hidden = findForbidden(value);
        const damage = hidden === undefined && layout > FIRST_LAYOUT ? findDamage(value) : undefined;
        if (LONE_SURROGATE.test(value)) report(offset, pathSupplier, jsonRules.halfCharacter);
        else if (hidden !== undefined) report(offset, pathSupplier, () => jsonRules.hiddenCharacter(hidden));
        else if (damage?.isCertain) report(offset, pathSupplier, () => jsonRules.damagedText(damage));
        else if (damage && warnings.length < MAX_VALUE_PROBLEMS)
          warnings.push({ offset, field: fieldOf(pathSupplier()), isWarning: true, ...jsonRules.damagedText(damage) });
      },
    },
    STRICT,
  );
  return [...problems, ...moreProblems(more).map(({ path: _, ...wording }) => ({ offset: 0, ...wording })), ...warnings];
}

type Children = ReadonlyMap<string, Node>;

/** The values of an object by name. */
const childrenOf = (node: Node): Children =>
  new Map((node.children ?? []).flatMap(({ children: [name, value] = [] }) => (name && value ? [[String(name.value), value]] : [])));

/** Locates problems of a value in its text: at the value that the path leads to, as far as it exists. */
export function locateProblems(text: string, problems: readonly ValueProblem[]): TextProblem[] {
  const tree = problems.length > 0 ? parseTree(text, [], STRICT) : undefined;
  if (!tree) return [];
  const known = new Map<Node, Children>();
  const inside = (node: Node, part: string | number): Node | undefined => {
    if (node.type === "array") return node.children?.[Number(part)];
    if (node.type !== "object") return undefined;
    const children = known.get(node) ?? childrenOf(node);
    known.set(node, children);
    return children.get(String(part));
  };
  return problems.map(({ path, isName, missing, ...wording }) => {
    let node = tree;
    const field: (string | number)[] = [];
    for (const part of path) {
      const next = inside(node, part);
      if (!next) break;
      field.push(node.type === "array" ? Number(part) : part);
      node = next;
    }
    const position = isName && node.parent?.type === "property" ? (node.parent.children?.[0] ?? node) : node;
    return { offset: position.offset, field: fieldOf([...field, ...(missing === undefined ? [] : [missing])]), ...wording };
  });
}
