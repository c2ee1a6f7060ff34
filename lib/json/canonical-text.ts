import { type ParseError, parse } from "jsonc-parser";
import type { TablePlan } from "../schema/table-plan.ts";
import { lintJson } from "./lint-json.ts";
import { stringEnd } from "./string-end.ts";
import { tooDeep } from "./too-deep.ts";
import { usualShape } from "./usual-shape.ts";

/** A formatted file, with descriptions of the changes. */
export interface FormattedText {
  text: string;
  changes: string[];
}

/** Replaces curly quotes outside of JSON strings. */
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

/**
 * Formats a file. Undefined if it is unreadable, or if formatting would lose data (a duplicate name, a number with too many
 * digits).
 */
export function canonicalText(text: string, plan?: TablePlan): FormattedText | undefined {
  const changes: string[] = [];
  let current = text;
  const step = (next: string, change: string): void => {
    if (next !== current) changes.push(change);
    current = next;
  };
  step(current.replace(/^\ufeff/, ""), "removed the byte order mark");
  step(withStraightQuotes(current), "put straight quotes in place of curly ones");
  if (tooDeep(current) !== undefined) return undefined;
  const errors: ParseError[] = [];
  let value = parse(current, errors, { allowTrailingComma: true, disallowComments: true }) as unknown;
  // jsonc-parser treats this name specially.
  if (errors.length > 0 || current.includes('"__proto__"')) return undefined;
  try {
    value = JSON.parse(current);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    changes.push("removed a comma before a closing bracket");
  }
  if (lintJson(current).some(({ isWarning }) => !isWarning)) return undefined;
  const sorted = usualShape(value, plan);
  if (`${JSON.stringify(value, null, 2)}\n` !== sorted) changes.push("put columns in their usual order");
  else if (sorted !== current && changes.length === 0)
    changes.push(
      sorted.replaceAll(/\s/g, "") === current.replaceAll(/\s/g, "")
        ? "set line breaks and spaces"
        : "set line breaks, spaces and how numbers and characters are written",
    );
  return sorted === text ? { text, changes: [] } : { text: sorted, changes };
}
