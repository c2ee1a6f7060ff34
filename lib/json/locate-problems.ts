import { type Node, parseTree } from "jsonc-parser";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { pathText } from "./path-text.ts";
import { STRICT, type TextProblem } from "./text-positions.ts";

type Children = ReadonlyMap<string, Node>;

/** The values of an object by name. */
const childrenOf = (node: Node): Children =>
  new Map((node.children ?? []).flatMap(({ children: [name, value] = [] }) => (name && value ? [[String(name.value), value]] : [])));

/** Locates problems of a value in its text: at the end of the path, or at its last part that exists. */
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
    const found: (string | number)[] = [];
    for (const part of path) {
      const next = inside(node, part);
      if (!next) break;
      found.push(node.type === "array" ? Number(part) : part);
      node = next;
    }
    const position = isName && node.parent?.type === "property" ? (node.parent.children?.[0] ?? node) : node;
    return { offset: position.offset, field: pathText([...found, ...(missing === undefined ? [] : [missing])]), ...wording };
  });
}
