import type { Schema } from "../../schema/schema.ts";
import { columnExample } from "./column-example.ts";
import { columnSummary } from "./column-summary.ts";
import { listValues, WHOLE } from "./list-values.ts";
import { parenthesized } from "./parenthesized.ts";
import { quote } from "./quote.ts";

/** The values that a column accepts, to append to its name: `, one of: a, b`. */
export function expectedValue(column: Schema | undefined): string {
  if (Array.isArray(column?.enum) && column.enum.length <= WHOLE) return `, one of: ${listValues(column.enum)}`;
  const example = columnExample(column);
  return `${example === undefined ? "" : `, such as ${quote(example)}`}${parenthesized(columnSummary(column))}`;
}
