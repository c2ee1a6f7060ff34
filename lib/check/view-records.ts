import type { View } from "../dataset/view.ts";
import { nearestName } from "../diagnostics/nearest-name.ts";
import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import { quote } from "../diagnostics/rules/quote.ts";
import type { SqlValue } from "../formats/sql-tables.ts";
import { parseJson } from "../json/parse-json.ts";
import type { SqlResult } from "../ports/ports.ts";
import { resolveSchema } from "../schema/resolve-schema.ts";
import { schemaType } from "../schema/schema-type.ts";
import type { Schema, TablePlan } from "../schema/table-plan.ts";

/** Converts a value of SQLite to the type of its column: 1 and 0 are true and false, lists and objects are JSON text. */
function recordValue(value: SqlValue, type: string): unknown {
  if (type === "boolean" && (value === 0 || value === 1)) return value === 1;
  if ((type === "array" || type === "object") && typeof value === "string") return parseJson(value)?.value ?? value;
  return value;
}

function columnProblems({ file, name }: View, described: readonly string[], returned: readonly string[]): Problem[] {
  const place = `views/${name}.json`;
  const twice = returned.filter((column, i) => returned.indexOf(column) !== i);
  const unknown = returned.filter((column) => !described.includes(column));
  const missing = described.filter((column) => !returned.includes(column));
  return [
    ...twice.map((column) => fileProblem(file, `It returns two columns with the name ${quote(column)}`, "Rename one with AS.")),
    ...unknown.map((column) => {
      const suggestion = nearestName(column, missing);
      const remedy = suggestion === undefined ? `Describe it in ${place}, or do not return it.` : `Did you mean ${quote(suggestion)}?`;
      return fileProblem(file, `It returns the column ${quote(column)}, which ${place} does not describe`, remedy);
    }),
    ...missing
      .filter((column) => !unknown.some((other) => nearestName(other, [column]) === column))
      .map((column) =>
        fileProblem(file, `It does not return the column ${quote(column)} of ${place}`, `Return it: … AS ${quote(column)}.`),
      ),
  ];
}

/** The rows of a view as records, with columns in schema order; NULL is a missing property. */
export function viewRecords(
  view: View,
  plan: TablePlan,
  { columns, rows }: SqlResult,
): { records: Record<string, unknown>[]; problems: Problem[] } {
  const properties = Object.entries(plan.record.properties ?? {});
  const described = properties.map(([name]) => name);
  const problems = columnProblems(view, described, columns);
  if (problems.length > 0) return { records: [], problems };
  const types = properties.map(([name, schema]) => ({
    name,
    type: schemaType(resolveSchema(schema as Schema, plan.record)),
    at: columns.indexOf(name),
  }));
  const records = rows.map((row) => {
    const record: Record<string, unknown> = {};
    for (const { name, type, at } of types) {
      const value = row[at] ?? null;
      if (value !== null) record[name] = recordValue(value, type);
    }
    return record;
  });
  return { records, problems };
}
