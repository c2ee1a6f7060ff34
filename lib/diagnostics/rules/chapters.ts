import { columnRules } from "./column-rules.ts";
import { fileRules } from "./file-rules.ts";
import { formatRules } from "./format-rules.ts";
import { jsonRules } from "./json-rules.ts";
import { keyRules } from "./key-rules.ts";
import type { Rule } from "./rule.ts";
import { typeRules } from "./type-rules.ts";
import { valueRules } from "./value-rules.ts";

/** Every rule that a contributor can break, by chapter of docs/mistakes.md. */
export const CHAPTERS: Record<string, readonly Rule[]> = Object.fromEntries(
  Object.entries({
    Columns: columnRules,
    Values: valueRules,
    "Types of values": typeRules,
    "Dates and addresses": formatRules,
    "Keys and references": keyRules,
    "Writing JSON": jsonRules,
    "Files and folders": fileRules,
  }).map(([title, rules]) => [title, Object.values(rules) as unknown as Rule[]]),
);
