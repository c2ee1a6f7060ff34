import { findNodeAtLocation, getNodePath, type Node, type ParseError, parseTree, visit } from "jsonc-parser";
import type { RecordFault } from "./record-validator.ts";

/** A fault at a place in a text, in UTF-16 code units from its start. */
export interface TextFault {
  offset: number;
  field?: string;
  message: string;
  remedy?: string;
}

const STRICT = { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false };

/** What each of jsonc-parser's error codes means to somebody who edits the file. */
const SYNTAX: Record<number, [string, string]> = {
  1: [
    "There is a word or sign here that JSON does not know",
    "Text stands in straight double quotes; the only bare words are true, false and null.",
  ],
  2: ["This is not a number as JSON writes it", "Write it like 1200 or 0.5, without leading zeros, + or thousands separators."],
  3: ["A name in double quotes is expected here", 'Names are written "name": value.'],
  4: ["A value is expected here", "Write a value, or remove what stands before it."],
  5: ["A colon is expected here", 'Between a name and its value stands a colon: "name": value.'],
  6: ["A comma is missing before this", "Put a comma between the two."],
  7: ["A closing } is missing", "Add it."],
  8: ["A closing ] is missing", "Add it."],
  9: ["There is more text here than one record", "Put a comma between records; remove what is too much."],
  10: ["Comments are not part of JSON", "Remove the comment; notes have a column of their own."],
  11: ["Comments are not part of JSON", "Remove the comment; notes have a column of their own."],
  12: ["This text is not closed", 'Add the closing ". A quote inside a text is written \\".'],
  13: ["This number is not complete", "Write its digits."],
  14: ["\\u is followed by four digits 0-9 a-f", "Write the character itself instead."],
  15: ["A \\ is followed by a letter that JSON does not know", "A backslash itself is written \\\\."],
  16: ["There is a character here that JSON does not know", "Text stands in straight double quotes."],
};

/** What stands at an error where the code alone would say less than the text does. */
const KNOWN: [RegExp, string, string][] = [
  [
    /^(<{7}|={7}|>{7})/,
    "A merge conflict was left here",
    "Keep one of the two versions and delete the lines with <<<<<<<, ======= and >>>>>>>.",
  ],
  [/^[\u201c\u201d\u201e\u2018\u2019]/, "This is a curly quote", 'Use the straight one: ".'],
];

const fieldOf = (path: readonly (string | number)[]): string =>
  path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");

/** The first fault of a text that JSON.parse refuses: the others mostly follow from it. */
export function syntaxFault(text: string): TextFault {
  const errors: ParseError[] = [];
  parseTree(text, errors, STRICT);
  const first = errors[0];
  const [message, remedy] = SYNTAX[first?.error ?? 0] ?? ["This is not JSON", "Compare it with a record beside it."];
  const control = /\p{Cc}/u.exec(text.replaceAll(/[\t\n\r]/g, " "));
  if (!first && control) return { offset: control.index, message: "There is an invisible control character here", remedy: "Delete it." };
  const found = text.slice(first?.offset ?? 0);
  const comma = /,\s*$/.exec(text.slice(0, first?.offset ?? 0));
  if (comma && /^[}\]]/.test(found))
    return { offset: comma.index, message: `There is a comma before the closing ${found[0]}`, remedy: "Remove the comma." };
  const known = KNOWN.find(([looks]) => looks.test(found));
  return { offset: first?.offset ?? 0, message: known?.[1] ?? message, remedy: known?.[2] ?? remedy };
}

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
            message: `"${name}" stands twice in this object (first ${above(line(offset) - line(before))})`,
            remedy: "Keep one of them.",
          });
        inside?.set(name, offset);
      },
      onLiteralValue: (value, offset, length, _line, _column, pathSupplier) => {
        const written = text.slice(offset, offset + length);
        if (typeof value === "number" && !isExact(written))
          faults.push({
            offset,
            field: fieldOf(pathSupplier()),
            message: `${written} is a number that programs cannot hold exactly; they would read ${Number(written)}`,
            remedy: `Write it as text, "${written}", or with at most 15 digits.`,
          });
        if (typeof value === "string" && /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(value))
          faults.push({
            offset,
            field: fieldOf(pathSupplier()),
            message: "This text holds half of a character (a lone surrogate)",
            remedy: "Write the whole character.",
          });
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
  return faults.map(({ path, atName, message, remedy }) => {
    const node = nodeAt(tree, path);
    const place = atName && node.parent?.type === "property" ? (node.parent.children?.[0] ?? node) : node;
    return { offset: place.offset, field: fieldOf(getNodePath(node)), message, ...(remedy ? { remedy } : {}) };
  });
}
