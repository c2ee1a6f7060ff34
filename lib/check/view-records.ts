import { recordKey } from "../contract/record-key.ts";
import type { View } from "../dataset/view.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { SqlUnrecordable, SqlValue } from "../formats/sql-tables.ts";
import { parseJson } from "../json/parse-json.ts";
import type { SqlResult } from "../ports/ports.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import type { Schema } from "../schema/schema.ts";
import { schemaType } from "../schema/schema-type.ts";
import type { TablePlan } from "../schema/table-plan.ts";

/** What SQLite returned for a row of a view. */
type Returned = SqlValue | SqlUnrecordable;

/** A value as JSON text. 1 and 0 are true and false; lists and objects are JSON text, kept as it is: the check of records reads its numbers. */
function jsonText(value: SqlValue, type: string): string {
  if (type === "boolean" && (value === 0 || value === 1)) return String(value === 1);
  // JSON has line breaks only between tokens, where spaces mean the same; here, a row is a line.
  if ((type === "array" || type === "object") && typeof value === "string" && parseJson(value)) return value.replaceAll(/[\r\n]/g, " ");
  return JSON.stringify(value);
}

/** The problem of a value that a record cannot represent exactly. */
function unrecordable(value: Returned): [message: string, remedy: string] | undefined {
  if (typeof value === "bigint")
    return [
      `Too many digits: ${value} would be read as ${BigInt(Number(value))}`,
      "Return it as text: CAST(… AS TEXT), in a column of type string.",
    ];
  if (value instanceof Uint8Array)
    return ["Expected a JSON value, found bytes that are not text", "Return text: hex(…) writes bytes as text."];
  if (typeof value === "number" && !Number.isFinite(value))
    return ["The number is infinite, which JSON cannot represent", "Return a finite number, or NULL for no value."];
  return undefined;
}

function columnProblems({ file, name }: View, described: readonly string[], returned: readonly string[]): Problem[] {
  const description = `views/${name}.json`;
  const twice = returned.filter((column, i) => returned.indexOf(column) !== i);
  const unknown = returned.filter((column) => !described.includes(column));
  const missing = described.filter((column) => !returned.includes(column));
  return [
    ...twice.map((column) => fileProblem(file, `It returns two columns with the name ${quote(column)}`, "Rename one with AS.")),
    ...unknown.map((column) => {
      const suggestion = nearestName(column, missing);
      const remedy =
        suggestion === undefined ? `Describe it in ${description}, or do not return it.` : `Did you mean ${quote(suggestion)}?`;
      return fileProblem(file, `It returns the column ${quote(column)}, which ${description} does not describe`, remedy);
    }),
    ...missing
      .filter((column) => !unknown.some((other) => nearestName(other, [column]) === column))
      .map((column) =>
        fileProblem(file, `It does not return the column ${quote(column)} of ${description}`, `Return it: … AS ${quote(column)}.`),
      ),
  ];
}

interface SelectColumn {
  name: string;
  type: string;
  /** Its position in a row. */
  at: number;
}

/** One problem per column with values that a record cannot represent, at the first such value. */
function valueProblems(
  { file }: View,
  plan: TablePlan,
  columns: readonly SelectColumn[],
  rows: readonly (readonly Returned[])[],
): Problem[] {
  return columns.flatMap(({ name, at }) => {
    const wrong = rows.flatMap((row, i) => (unrecordable(row[at] ?? null) ? [i] : []));
    const [first] = wrong;
    if (first === undefined) return [];
    const row = rows[first] as readonly Returned[];
    const key = Object.fromEntries(columns.map((column) => [column.name, String(row[column.at] ?? "")]));
    const [message, remedy] = unrecordable(row[at] ?? null) as [string, string];
    const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more of this column)` : "";
    const where = `Row ${first + 1} (${plan.primaryKey.join(", ")} ${quote(recordKey(plan, key))}), column ${quote(name)}`;
    return [fileProblem(file, `${where}: ${message}${more}`, remedy)];
  });
}

export interface ViewRows {
  records: Record<string, unknown>[];
  /** Each record as JSON, without line breaks. */
  lines: string[];
  problems: Problem[];
}

/** The rows of a view as records, with columns in schema order; NULL is a missing property. */
export function viewRecords(view: View, plan: TablePlan, { columns, rows }: SqlResult<Returned>): ViewRows {
  const properties = Object.entries(plan.record.properties ?? {});
  const described = properties.map(([name, schema]) => ({
    name,
    type: schemaType(resolveSchema(schema as Schema, plan.record)),
    at: columns.indexOf(name),
  }));
  const problems = columnProblems(
    view,
    described.map(({ name }) => name),
    columns,
  );
  if (problems.length === 0) problems.push(...valueProblems(view, plan, described, rows));
  if (problems.length > 0) return { records: [], lines: [], problems };
  const lines = rows.map((row) => {
    const values = described.flatMap(({ name, type, at }) => {
      const value = (row[at] ?? null) as SqlValue;
      return value === null ? [] : [`${JSON.stringify(name)}:${jsonText(value, type)}`];
    });
    return `{${values.join(",")}}`;
  });
  return { lines, records: lines.map((line) => JSON.parse(line) as Record<string, unknown>), problems };
}
