import { findNodeAtLocation, getNodePath, type Node, parseTree, visit } from "jsonc-parser";
import type { RecordFault } from "./record-faults.ts";
import { jsonRules } from "./rules/json-rules.ts";
import type { Words } from "./rules/rule.ts";

/** A fault at a place in a text, in UTF-16 code units from its start. */
export interface TextFault extends Words {
  offset: number;
  field?: string;
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

const fieldOf = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");

const decimal = (text: string): string => {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  return trimmed === "" ? "0" : `${sign}${trimmed}e${Number(exponent) - fraction.length + digits.length - trimmed.length}`;
};

/** Whether programs hold a number as it is written, however they print it. */
export const isExact = (written: string): boolean =>
  Number.isFinite(Number(written)) && decimal(written) === decimal(String(Number(written)));

const above = (lines: number): string => (lines === 0 ? "on the same line" : lines === 1 ? "one line above" : `${lines} lines above`);

/** What JSON.parse passes over in silence: a name twice in an object, a number it cannot hold, half a character. */
export function silentFaults(text: string): TextFault[] {
  const faults: TextFault[] = [];
  const names: Map<string, number>[] = [];
  const line = (offset: number): number => text.slice(0, offset).split("\n").length;
  visit(
    text,
    {
      onObjectBegin: () => void names.push(new Map()),
      onObjectEnd: () => void names.pop(),
      onObjectProperty: (name, offset, _length, _line, _column, pathSupplier) => {
        const inside = names.at(-1);
        const before = inside?.get(name);
        if (before !== undefined)
          faults.push({
            offset,
            field: fieldOf([...pathSupplier(), name]),
            ...jsonRules.nameTwice(name, above(line(offset) - line(before))),
          });
        inside?.set(name, offset);
      },
      onLiteralValue: (value, offset, length, _line, _column, pathSupplier) => {
        const written = text.slice(offset, offset + length);
        if (typeof value === "number" && !isExact(written))
          faults.push({
            offset,
            field: fieldOf(pathSupplier()),
            ...jsonRules.tooManyDigits(written, Number(written)),
          });
        if (typeof value === "string" && /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value))
          faults.push({ offset, field: fieldOf(pathSupplier()), ...jsonRules.halfCharacter() });
      },
    },
    STRICT,
  );
  return faults;
}

const nodeAt = (tree: Node, path: (string | number)[]): Node => {
  let node = tree;
  for (let length = 1; length <= path.length; length += 1) {
    const parts = path
      .slice(0, length)
      .map((part) => (typeof part === "string" && /^\d+$/.test(part) && nodeIsList(tree, path.slice(0, length - 1)) ? Number(part) : part));
    const next = findNodeAtLocation(tree, parts);
    if (!next) return node;
    node = next;
  }
  return node;
};

const nodeIsList = (tree: Node, path: (string | number)[]): boolean => nodeAt(tree, path).type === "array";

/** Puts faults of a record at their places in its text. */
export function placeFaults(text: string, faults: readonly RecordFault[]): TextFault[] {
  const tree = parseTree(text, [], STRICT);
  if (!tree) return [];
  return faults.map(({ path, atName, missing, ...words }) => {
    const node = nodeAt(tree, path);
    const place = atName && node.parent?.type === "property" ? (node.parent.children?.[0] ?? node) : node;
    const field = [...(getNodePath(node) as (string | number)[]), ...(missing === undefined ? [] : [missing])];
    return { offset: place.offset, field: fieldOf(field), ...words };
  });
}
