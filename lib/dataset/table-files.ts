import { DATASET_FILE, SCHEMA_FILE } from "../contract/dataset-files.ts";
import { LICENSE_FILE, README_FILE } from "../contract/release-files.ts";
import { fileProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { CHECKS } from "./is-sql-check-file.ts";
import { VIEWS } from "./is-view-file.ts";

/** Files of the folder that are not tables. */
const BESIDE = new Set([DATASET_FILE, SCHEMA_FILE, README_FILE, LICENSE_FILE, "CHANGELOG.md"]);

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sameNameProblem = (path: string, other: string): Problem =>
  fileProblem(
    path,
    `The name differs from ${other} only by case or by how accents are encoded`,
    "Rename one: on macOS and Windows, a clone loses one of the two.",
  );

const lineBreakProblem = (path: string): Problem => fileProblem(path, "The name of the file contains a line break", "Rename the file.");

const foldedPath = (path: string): string => path.normalize("NFC").toLowerCase();

const isIgnored = (path: string, hasTableViews: boolean): boolean =>
  BESIDE.has(path) ||
  path.startsWith(CHECKS) ||
  (!hasTableViews && path.startsWith(VIEWS)) ||
  path.split("/").some((part) => part.startsWith("."));

/** The first file of each folder; `more`: how many others `folder`, its files, has. */
function firstOfFolders<T extends { path: string }>(files: readonly T[]): (T & { more: number; folder: string[] })[] {
  const found = new Map<string, T & { more: number; folder: string[] }>();
  for (const file of files) {
    const folder = /^(.*)\//s.exec(file.path)?.[1] ?? file.path;
    const first = found.get(folder);
    if (first) first.more = first.folder.push(file.path) - 1;
    else found.set(folder, { ...file, more: 0, folder: [file.path] });
  }
  return [...found.values()];
}

/** Problems of tables without a file, and of files without a table. `misspelt`: tables with a file of another extension. */
function unmatchedProblems(
  files: ReadonlyMap<string, readonly string[]>,
  misspelt: ReadonlySet<string>,
  unknown: readonly { table: string; path: string }[],
  paths: ReadonlySet<string>,
): Problem[] {
  const names = [...files.keys()];
  const empty = [...files].filter(([table, list]) => list.length === 0 && !misspelt.has(table)).map(([table]) => table);
  // One table without a file and one file without a table are one mistake: a wrong name.
  const misnamed = empty.length === 1 && new Set(unknown.map(({ table }) => table)).size === 1;
  return [
    ...firstOfFolders(unknown).map(({ table, path, folder }) =>
      wordedProblem(path, fileRules.unknownTable(table, names, path, { withoutFile: misnamed ? empty[0] : undefined, paths, folder })),
    ),
    ...(misnamed ? [] : empty.map((table) => wordedProblem(`${table}.json`, fileRules.noFile(table)))),
  ];
}

/** Problems of paths that are equal on case-insensitive file systems, and these paths. */
function alikeNames(paths: readonly string[]): { problems: Problem[]; alike: ReadonlySet<string> } {
  const problems: Problem[] = [];
  const folded = new Map<string, string>();
  const alike = new Set<string>();
  for (const path of paths) {
    const other = folded.get(foldedPath(path));
    folded.set(foldedPath(path), path);
    if (other === undefined) continue;
    problems.push(sameNameProblem(path, other));
    alike.add(path).add(other);
  }
  return { problems, alike };
}

interface OfTable {
  table: string;
  path: string;
}

/** Files that are not read as records, by what is wrong with them. */
interface Misplaced {
  unknown: OfTable[];
  stray: { path: string }[];
  nested: OfTable[];
  misspelt: OfTable[];
  problems: Problem[];
}

/** Adds each file to its table; returns the others. */
function sortFiles(paths: readonly string[], files: ReadonlyMap<string, string[]>): Misplaced {
  const found: Misplaced = { unknown: [], stray: [], nested: [], misspelt: [], problems: [] };
  for (const path of paths) {
    const [, table = path, rest = ""] = /^([^/]+?)(\.[^./]*|\/.+)$/s.exec(path) ?? [];
    const list = files.get(table);
    if (/[\n\r\u2028\u2029]/.test(path)) found.problems.push(lineBreakProblem(path));
    else if (list && /^(\/[^/]+)?\.json$/.test(rest)) list.push(path);
    else if (list) (rest.endsWith(".json") ? found.nested : found.misspelt).push({ table, path });
    else if (path.endsWith(".json")) found.unknown.push({ table, path });
    else found.stray.push({ path });
  }
  return found;
}

/** The files of each table, and the problems of files that belong to none: one for each folder. */
export function tableFiles(plans: TablePlan[], paths: readonly string[]): { files: Map<string, string[]>; problems: Problem[] } {
  const files = new Map<string, string[]>(plans.map((plan) => [plan.name, []]));
  const names = [...files.keys()];
  const own = [...paths].sort(byPath).filter((path) => !isIgnored(path, names.includes("views")));
  const { problems, alike } = alikeNames(own);
  const { unknown, stray, nested, misspelt, problems: others } = sortFiles(own, files);
  const unknownTables = new Set(unknown.map(({ table }) => table));
  // Stray files in a folder that is reported as an unknown table are not reported again.
  const beside = stray.filter(({ path }) => !path.includes("/") || !unknownTables.has(path.slice(0, path.indexOf("/"))));
  const unmatched = unknown.filter(({ path }) => !alike.has(path));
  const inOtherForm = new Set(misspelt.filter(({ path }) => !path.includes("/")).map(({ table }) => table));
  problems.push(
    ...others,
    ...firstOfFolders(nested).map(({ table, path, more }) => wordedProblem(path, fileRules.folderInFolder(table, path, more))),
    ...firstOfFolders(misspelt).map(({ path, more }) => wordedProblem(path, fileRules.ending(path, more))),
    ...firstOfFolders(beside).map(({ path, more }) => wordedProblem(path, fileRules.strayFile(names, more))),
    ...unmatchedProblems(files, inOtherForm, unmatched, new Set(paths)),
  );
  const isFileAndFolder = ([table, list]: [string, string[]]): boolean => list.includes(`${table}.json`) && list.length > 1;
  for (const [table] of [...files].filter(isFileAndFolder)) problems.push(wordedProblem(`${table}.json`, fileRules.fileAndFolder(table)));
  return { files, problems };
}
