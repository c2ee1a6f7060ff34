import { type ColumnMismatch, mismatchId, mismatchWording } from "../diagnostics/column-mismatch.ts";
import { compareProblems, fileProblem, type Problem } from "../diagnostics/problem.ts";
import { columnRules } from "../diagnostics/rules/column-rules.ts";
import { jsonRules } from "../diagnostics/rules/json-rules.ts";
import { RepeatedProblems, type SizedTable } from "./repeated-problems.ts";

/** Maximum problems kept; the rest are only counted. */
export const MAX_PROBLEMS = 1000;

/** Problems of one name kept beyond the maximum, and of all names: they replace problems that are merged. */
const MAX_SPARE_OF_NAME = 100;
const MAX_SPARE = 10 * MAX_PROBLEMS;

const CONFLICT = jsonRules.mergeConflict.anchor;

/** Records of one table with the same mismatch. */
interface Group {
  mismatch: ColumnMismatch;
  table: string;
  /** The path without the wrong name and list indexes: the position of the mismatch in a record. */
  parent: string;
  /** File → its first problem, and the number of problems in it. */
  files: Map<string, { first: Problem; count: number }>;
}

const parentOf = (field: string, mismatch: ColumnMismatch): string => {
  const names = field.replaceAll(/\[\d+\]/g, "").split(".");
  return (["unknown", "missing", "wrapped"].includes(mismatch.kind) ? names.slice(0, -1) : names).join(".");
};

/**
 * Collects the problems of a run. Equal column mismatches are merged into one problem, and so are the problems of a file with
 * merge conflicts, and a problem that most records of a table share.
 */
export class ProblemList {
  #kept: { problem: Problem; name?: string }[] = [];
  /** Name → number of kept problems. */
  readonly #keptOf = new Map<string, number>();
  readonly #repeated = new RepeatedProblems();
  readonly #groups = new Map<string, Group>();
  readonly #conflicts = new Set<string>();
  #count = 0;

  /** Whether there are no problems. */
  get isEmpty(): boolean {
    return this.#count === 0 && this.#groups.size === 0;
  }

  /** The paths of a table whose problems may be merged, if only some records have a value there. */
  sparsePaths(table: string, records: number): string[] {
    return this.#repeated.sparsePaths(table, records);
  }

  /** Reports that the rest of a file was not read; shown first. */
  addStop(file: string): void {
    this.#count += 1;
    const message = "Too many problems: the rest of the table was not checked";
    this.#kept.unshift({ problem: fileProblem(file, message, "Correct the first ones: most have the same cause.") });
  }

  /** `table`: the table whose records may all have the problem. */
  add({ mismatch, ...problem }: Problem & { mismatch?: ColumnMismatch }, table = ""): void {
    if (this.#conflicts.has(problem.file)) return;
    if (mismatch) {
      this.#addMismatch(problem, mismatch, table);
      return;
    }
    if (problem.rule === CONFLICT) this.#keepOnlyConflict(problem.file);
    this.#count += 1;
    const name = this.#repeated.add(problem, table);
    const keptOfName = this.#keptOf.get(name) ?? 0;
    const isSpare = keptOfName < MAX_SPARE_OF_NAME && this.#kept.length < MAX_PROBLEMS + MAX_SPARE;
    if (this.#kept.length >= MAX_PROBLEMS && !isSpare) return;
    this.#keptOf.set(name, keptOfName + 1);
    this.#kept.push({ problem, name });
  }

  /** Counts problems beyond the maximum. */
  addUnlisted(count: number): void {
    this.#count += count;
  }

  #addMismatch(problem: Problem, mismatch: ColumnMismatch, table: string): void {
    const parent = parentOf(problem.field ?? "", mismatch);
    const key = JSON.stringify([table, parent, mismatchId(mismatch)]);
    const group = this.#groups.get(key) ?? { mismatch, table, parent, files: new Map() };
    this.#groups.set(key, group);
    const here = group.files.get(problem.file);
    if (here) here.count += 1;
    else group.files.set(problem.file, { first: problem, count: 1 });
  }

  /** A file with merge conflicts has both versions, so most of its other problems are consequences. */
  #keepOnlyConflict(file: string): void {
    this.#conflicts.add(file);
    const others = this.#kept.filter(({ problem }) => problem.file !== file);
    this.#count -= this.#kept.length - others.length;
    this.#kept = others;
    for (const [key, { files }] of this.#groups) if (files.delete(file) && files.size === 0) this.#groups.delete(key);
  }

  /** All problems by location, up to the maximum, and their total number. `tables`: the tables that were read. */
  finish(tables: ReadonlyMap<string, SizedTable> = new Map()): { problems: Problem[]; problemCount: number } {
    const groups = withRenamed([...this.#groups.values()]);
    // With merge conflicts, not all records are known.
    const whole = this.#conflicts.size > 0 ? new Map<string, never>() : this.#repeated.whole(tables);
    for (const { problem, replaces } of whole.values()) {
      groups.push(problem);
      this.#count -= replaces;
    }
    const kept = this.#kept.filter(({ name }) => name === undefined || !whole.has(name)).map(({ problem }) => problem);
    return {
      problems: [...kept, ...groups].sort(compareProblems).slice(0, MAX_PROBLEMS),
      problemCount: this.#count + groups.length,
    };
  }
}

const recordsOf = ({ files }: Group): number => [...files.values()].reduce((sum, { count }) => sum + count, 0);
const firstOf = ({ files }: Group): Problem => [...files.values()].map(({ first }) => first).sort(compareProblems)[0] as Problem;

function problemOf(group: Group): Problem {
  const records = recordsOf(group);
  return records === 1 ? firstOf(group) : { ...firstOf(group), ...mismatchWording(group.mismatch, records) };
}

/** Whether the same records lack one column and have another, by the counts per file. */
function isRenaming(missing: Group, unknown: Group): boolean {
  return (
    missing.table === unknown.table &&
    missing.parent === unknown.parent &&
    recordsOf(missing) > 1 &&
    missing.files.size === unknown.files.size &&
    [...missing.files].every(([file, { count }]) => unknown.files.get(file)?.count === count)
  );
}

/** One problem per group; a column that is missing wherever another is unknown was renamed. */
function withRenamed(groups: readonly Group[]): Problem[] {
  const reported = new Set<Group>();
  const problems: Problem[] = [];
  const missing = groups.filter(({ mismatch }) => mismatch.kind === "missing");
  for (const group of groups) {
    const { mismatch } = group;
    if (mismatch.kind !== "unknown") continue;
    const candidates = missing.filter((other) => !reported.has(other) && isRenaming(other, group));
    const [other] = candidates;
    // With several candidates it is unknown which one was renamed.
    if (candidates.length !== 1 || other?.mismatch.kind !== "missing") continue;
    reported.add(other).add(group);
    problems.push({ ...firstOf(group), ...columnRules.renamed(mismatch.name, other.mismatch.name, recordsOf(group)) });
  }
  for (const group of groups) if (!reported.has(group)) problems.push(problemOf(group));
  return problems;
}
