import { fileProblem, type Problem } from "../diagnostics/problem.ts";
import type { Value } from "../formats/value.ts";
import type { Difference, TableDifference } from "./difference.ts";

/** Fewer changes count as ordinary corrections, whatever the size of the table. */
const MIN_CHANGES = 10;
const MIN_SHARE = 0.5;

const shown = (value: Value): string => {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};

/** The columns that change in more than half of a table's records, estimated from the listed records. */
function sweptColumns({ counts, changed, active }: TableDifference, rows: number): string[] {
  const total = Math.max(rows, active.before);
  if (counts.changed < MIN_CHANGES || counts.changed <= total * MIN_SHARE) return [];
  const times = new Map<string, number>();
  for (const { fields } of changed) for (const name of Object.keys(fields)) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].flatMap(([name, count]) => ((count / changed.length) * counts.changed > total * MIN_SHARE ? [name] : []));
}

/**
 * Returns a warning for each table in which most records change in the same column: a typical mistake of scripts and spreadsheets. `rows`:
 * the current number of records by table.
 */
export function sweepingWarnings({ tables }: Pick<Difference, "tables">, rows: ReadonlyMap<string, number>): Problem[] {
  return Object.entries(tables).flatMap(([table, difference]) => {
    const columns = sweptColumns(difference, rows.get(table) ?? 0);
    const [name] = columns;
    const example = difference.changed.find(({ fields }) => name !== undefined && Object.hasOwn(fields, name))?.fields[name ?? ""];
    if (!name || !example) return [];
    const what = `${difference.counts.changed} of ${rows.get(table) ?? 0} ${table} change in ${columns.join(", ")}, such as ${shown(example.old)} → ${shown(example.new)}`;
    return [fileProblem(`${table}.json`, what, "If this is intended, do nothing: it is published as a correction of each record.")];
  });
}
