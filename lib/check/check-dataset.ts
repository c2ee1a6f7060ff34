import type { Dataset } from "../dataset/dataset.ts";
import { compareProblems, type Problem } from "../diagnostics/problem.ts";
import type { Source } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { readDataset } from "./read-dataset.ts";
import { runSqlChecks } from "./run-sql-checks.ts";
import { runTables, type TablesResult } from "./run-tables.ts";

export interface Checked {
  dataset?: Dataset;
  problems: Problem[];
  problemCount: number;
  warnings?: Problem[];
  records: Map<string, number>;
}

interface CheckDatasetOptions {
  /** Name of the folder, if known. */
  folder?: string | undefined;
  /** Checks the records. Default: `runSqlChecks`, which writes nothing. */
  check?(dataset: Dataset): Promise<TablesResult>;
}

/** Checks a dataset: the files that describe it, its records, and, if these have no problems, its SQL checks. */
export async function checkDataset(source: Source, runtime: Runtime, { folder, check }: CheckDatasetOptions = {}): Promise<Checked> {
  const { dataset, tables, problems, warnings = [] } = await readDataset(source, folder);
  if (!tables) return { problems, problemCount: problems.length, records: new Map() };
  if (dataset) {
    const checked = check ? await check(dataset) : await runSqlChecks({ dataset, source, runtime });
    return { dataset, ...checked, warnings: [...warnings, ...checked.warnings] };
  }
  const run = await runTables({ dataset: tables, source, runtime });
  return {
    ...run,
    warnings: [...warnings, ...run.warnings],
    problems: [...problems, ...run.problems].sort(compareProblems),
    problemCount: problems.length + run.problemCount,
  };
}
