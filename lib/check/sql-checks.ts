import { recordKey } from "../contract/record-key.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { SqlCheck } from "../dataset/sql-check.ts";
import { byPlace, fileProblem, type Problem } from "../diagnostics/problem.ts";
import { quote } from "../diagnostics/rules/wording.ts";
import type { TablePart } from "../formats/format.ts";
import { type SqlTable, type SqlValue, sqlTablesOf } from "../formats/sql-tables.ts";
import { type RunningSql, type Source, SqlFault, type SqlFound } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { placesOf, runTables } from "./run-tables.ts";

/** The tables that checks name may have so many rows together, lists included. */
export const MAX_CHECK_ROWS = 200_000;

export interface ChecksResult {
  problems: Problem[];
  problemCount: number;
}

const faultOf = ({ message, line, column, remedy }: SqlFault, file: string): Problem => ({
  file,
  line,
  column,
  message,
  ...(remedy ? { remedy } : {}),
});

/** A table that no check names cannot be read by one. */
const named = (checks: readonly SqlCheck[], { name }: SqlTable): boolean => {
  const word = new RegExp(`(?<![A-Za-z0-9_])${name}(?![A-Za-z0-9_])`, "i");
  return checks.some(({ sql }) => word.test(sql));
};

/** Fills the database with the tables that checks name. */
async function load(dataset: Dataset, source: Source, runtime: Runtime, sql: RunningSql): Promise<void> {
  const tables = new Map<string, SqlTable>();
  for (const table of dataset.plans.flatMap(sqlTablesOf)) {
    await sql.create(table);
    if (named(dataset.checks, table)) tables.set(table.name, table);
  }
  const isNeeded = (plan: TablePlan): boolean => sqlTablesOf(plan).some(({ name }) => tables.has(name));
  // Tables that these refer to have their labels.
  const referenced = new Set(dataset.plans.filter(isNeeded).flatMap(({ referencedTables }) => referencedTables));
  const plans = dataset.plans.filter((plan) => isNeeded(plan) || referenced.has(plan.name));
  let rows = 0;
  const insert = async (_plan: TablePlan, parts: readonly TablePart[]): Promise<void> => {
    for (const { table, chunks } of parts) {
      if (!tables.has(table)) continue;
      for (const chunk of chunks) rows += await sql.insert(table, chunk);
      if (rows > MAX_CHECK_ROWS)
        throw new SqlFault(`The checks name tables with more than ${MAX_CHECK_ROWS} rows: that is too large to be checked by them`, {
          remedy: "Name fewer tables in checks/, or say the rule in schema.json.",
        });
    }
  };
  const { problems } = await runTables({ ...dataset, plans }, source, runtime, { encoders: [{ name: "sql-rows" }], write: insert });
  // The dataset was found good before: only a folder that changes meanwhile gets here.
  if (problems[0]) throw new Error(`The dataset changed while it was checked: ${problems[0].message}`);
}

/** A record at fault, by its key. */
interface Fault {
  check: SqlCheck;
  key: string;
  message: string;
}

/** What a check found, as keys and messages; a check that does not say which records they are is itself at fault. */
function faultsOf(check: SqlCheck, plan: TablePlan, { columns, rows }: SqlFound): Fault[] {
  const missing = [...plan.primaryKey, "message"].filter((name) => !columns.includes(name));
  if (missing.length > 0)
    throw new SqlFault(`Its result has no column ${missing.map((name) => `"${name}"`).join(" and ")}`, {
      remedy: `A check of ${check.table} returns ${[...plan.primaryKey, "message"].join(", ")}.`,
    });
  const cellOf = (row: readonly SqlValue[], name: string): SqlValue => row[columns.lastIndexOf(name)] ?? null;
  return rows.map((row) => {
    const message = cellOf(row, "message");
    if (message === null || String(message).trim() === "")
      throw new SqlFault("Its result has a row without a message", { remedy: "Say in the column message what is wrong, and what to do." });
    const key = recordKey(plan, Object.fromEntries(plan.primaryKey.map((name) => [name, cellOf(row, name)])));
    return { check, key, message: String(message) };
  });
}

/** Runs the checks of a dataset whose records are good, one after the other. */
export async function runChecks(dataset: Dataset, source: Source, runtime: Runtime): Promise<ChecksResult> {
  if (dataset.checks.length === 0) return { problems: [], problemCount: 0 };
  const problems: Problem[] = [];
  const faults: Fault[] = [];
  let more = 0;
  const sql = runtime.startSql();
  try {
    await load(dataset, source, runtime, sql);
    for (const check of dataset.checks) {
      const plan = dataset.plans.find(({ name }) => name === check.table) as TablePlan;
      try {
        const found = await sql.select(check.sql);
        const here = faultsOf(check, plan, found);
        faults.push(...here);
        if (found.count === here.length) continue;
        more += found.count - here.length - 1;
        problems.push(fileProblem(check.file, `It finds ${found.count} faults; the first ${here.length} are told`));
      } catch (error) {
        if (!(error instanceof SqlFault)) throw error;
        problems.push(faultOf(error, check.file));
      }
    }
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
    problems.push(faultOf(error, dataset.checks[0]?.file as string));
  } finally {
    await sql.close();
  }
  for (const table of new Set(faults.map(({ check }) => check.table)))
    problems.push(
      ...(await placed(
        dataset,
        source,
        runtime,
        faults.filter(({ check }) => check.table === table),
      )),
    );
  return { problems: problems.sort(byPlace), problemCount: problems.length + more };
}

/** The problems at the places of their records. */
async function placed(dataset: Dataset, source: Source, runtime: Runtime, faults: readonly Fault[]): Promise<Problem[]> {
  const plan = dataset.plans.find(({ name }) => name === faults[0]?.check.table) as TablePlan;
  const places = await placesOf(dataset, source, runtime, plan, new Set(faults.map(({ key }) => key)));
  return faults.map(({ check, key, message }) => {
    const place = places.get(key);
    return place
      ? { ...place, message, remedy: `The rule stands in ${check.file}.` }
      : fileProblem(
          check.file,
          `It returns ${quote(key)}, which is no key of ${plan.name}: ${message}`,
          `Return the ${plan.primaryKey.join(", ")} of a record of ${plan.name}.`,
        );
  });
}
