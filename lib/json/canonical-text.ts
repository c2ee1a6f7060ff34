import { type ParseError, parse } from "jsonc-parser";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema, TablePlan } from "../schema/table-plan.ts";
import { lintJson } from "./lint-json.ts";
import { stringEnd } from "./string-end.ts";
import { tooDeep } from "./too-deep.ts";

/** A formatted file, with descriptions of the changes. */
export interface FormattedText {
  text: string;
  changes: string[];
}

/** Replaces the quotes of word processors, outside of JSON strings. */
function withStraightQuotes(text: string): string {
  let out = "";
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i] as string;
    if (c === '"') {
      const start = i;
      i = stringEnd(text, i);
      out += text.slice(start, i + 1);
    } else if ("“”„‟".includes(c)) {
      // A string in curly quotes; a straight quote in it would end it.
      const end = text.slice(i + 1).search(/[“”„‟"]/);
      if (end < 0) return text;
      out += `"${text.slice(i + 1, i + 1 + end)}"`;
      i += end + 1;
    } else out += c;
  }
  return out;
}

/** Sorts names by their known order; an unknown name stays behind its predecessor. */
function inOrder(names: readonly string[], known: readonly string[]): string[] {
  const groups: string[][] = [[]];
  for (const name of names) {
    if (known.includes(name)) groups.push([name]);
    else groups.at(-1)?.push(name);
  }
  const [first = [], ...others] = groups;
  const at = ([name = ""]: string[]): number => known.indexOf(name);
  return [...first, ...others.sort((a, b) => at(a) - at(b)).flat()];
}

/** A value with the names of its objects in the order of the schema. */
function ordered(value: unknown, schema: Schema, root: Schema): unknown {
  const here = resolveSchema(schema, root);
  if (Array.isArray(value)) return value.map((item) => ordered(item, here.items ?? {}, root));
  if (value === null || typeof value !== "object") return value;
  const names = inOrder(Object.keys(value), Object.keys(here.properties ?? {}));
  return Object.fromEntries(
    names.map((name) => [name, ordered((value as Record<string, unknown>)[name], here.properties?.[name] ?? {}, root)]),
  );
}

/**
 * A file in the shape that keeps differences in git small: two spaces, one value a line, names in the order of the schema.
 * Undefined if it cannot be read, or if rewriting would lose something (a duplicate name, a number that is too long).
 */
export function canonicalText(text: string, plan?: TablePlan): FormattedText | undefined {
  const changes: string[] = [];
  let now = text;
  const step = (next: string, what: string): void => {
    if (next !== now) changes.push(what);
    now = next;
  };
  step(now.replace(/^\ufeff/, ""), "removed the byte order mark");
  step(withStraightQuotes(now), "put straight quotes in place of curly ones");
  if (tooDeep(now) !== undefined) return undefined;
  const errors: ParseError[] = [];
  let value = parse(now, errors, { allowTrailingComma: true, disallowComments: true }) as unknown;
  // jsonc-parser treats this name specially.
  if (errors.length > 0 || now.includes('"__proto__"')) return undefined;
  try {
    value = JSON.parse(now);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    changes.push("removed a comma before a closing bracket");
  }
  if (lintJson(now).some(({ isWarning }) => !isWarning)) return undefined;
  const records = plan && Array.isArray(value) ? value.map((record) => ordered(record, plan.record, plan.record)) : value;
  const sorted = `${JSON.stringify(records, null, 2)}\n`;
  if (`${JSON.stringify(value, null, 2)}\n` !== sorted) changes.push("put columns in their usual order");
  else if (sorted !== now && changes.length === 0)
    changes.push(
      sorted.replaceAll(/\s/g, "") === now.replaceAll(/\s/g, "")
        ? "set line breaks and spaces"
        : "set line breaks, spaces and how numbers and characters are written",
    );
  return sorted === text ? { text, changes: [] } : { text: sorted, changes };
}
