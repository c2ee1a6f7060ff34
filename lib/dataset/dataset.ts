import { MissingRefError } from "ajv/dist/2020.js";
import { DATASET_FILE, SCHEMA_FILE } from "../contract/dataset-files.ts";
import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { LICENSE_FILE, README_FILE } from "../contract/release-files.ts";
import { fileProblem, type Problem, wordedProblem } from "../diagnostics/problem.ts";
import { fileRules } from "../diagnostics/rules/file-rules.ts";
import type { ValueProblem } from "../diagnostics/value-problems.ts";
import { checkAgainst } from "../json/check-against.ts";
import { readDocument } from "../json/read-document.ts";
import { compileRecord } from "../schema/compile-record.ts";
import type { Schema } from "../schema/schema.ts";
import { planTable, type TablePlan } from "../schema/table-plan.ts";
import { checkSchema } from "./check-schema.ts";
import { damagedTextWarnings } from "./damaged-text-warnings.ts";
import { type FormatNames, formatNameProblems, int64FormatName } from "./format-names.ts";
import { isPlainSchema } from "./is-plain-schema.ts";
import { keywordProblems } from "./keyword-problems.ts";
import { METADATA_SCHEMA, type Metadata } from "./metadata.ts";
import { overlookedProblems, type SchemaRules } from "./overlooked-problems.ts";
import { placeholderProblems } from "./placeholder-problems.ts";
import { renamedMetadata } from "./renamed-metadata.ts";
import { CHECKS, readSqlChecks, type SqlCheck } from "./sql-check.ts";
import { readViews, VIEWS, type View } from "./view.ts";

/** The tables of a dataset, without their records. */
export interface Tables {
  /** In the order of the schema. */
  plans: TablePlan[];
  /** Files by table, in the order in which their records are published. */
  files: Map<string, string[]>;
  /** False if a file of records may be misnamed: dangling references may then be right. */
  filesComplete: boolean;
}

/** A dataset, without its records. */
export interface Dataset extends Tables {
  metadata: Metadata;
  schema: Schema;
  /** SQL checks. */
  checks: SqlCheck[];
  /** Tables made by SQL; their plans come last. */
  views: View[];
  license?: string;
  /** Names of its formats; undefined if dataset.json lists none. */
  formats?: readonly string[];
}

/** Files of the folder that are not tables. */
const BESIDE = new Set([DATASET_FILE, SCHEMA_FILE, README_FILE, LICENSE_FILE, "CHANGELOG.md"]);

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const sameNameProblem = (path: string, other: string): Problem =>
  fileProblem(
    path,
    `The name differs from ${other} only by case or by how accents are encoded`,
    "Rename one: on macOS and Windows, a clone loses one of the two.",
  );

const foldedPath = (path: string): string => path.normalize("NFC").toLowerCase();

const isIgnored = (path: string, hasTableViews: boolean): boolean =>
  BESIDE.has(path) ||
  path.startsWith(CHECKS) ||
  (!hasTableViews && path.startsWith(VIEWS)) ||
  path.split("/").some((part) => part.startsWith("."));

/** Problems of tables without a file, and of files without a table. */
function unmatchedProblems(
  files: ReadonlyMap<string, readonly string[]>,
  unknown: readonly { table: string; path: string }[],
  paths: readonly string[],
): Problem[] {
  const names = [...files.keys()];
  const empty = [...files].filter(([, list]) => list.length === 0).map(([table]) => table);
  // One table without a file and one file without a table are one mistake: a wrong name.
  const misnamed = empty.length === 1 && new Set(unknown.map(({ table }) => table)).size === 1;
  return [
    ...unknown.map(({ table, path }) =>
      wordedProblem(path, fileRules.unknownTable(table, names, path, { withoutFile: misnamed ? empty[0] : undefined, paths })),
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

function tableFiles(plans: TablePlan[], paths: readonly string[]): { files: Map<string, string[]>; problems: Problem[] } {
  const files = new Map<string, string[]>(plans.map((plan) => [plan.name, []]));
  const names = [...files.keys()];
  const own = [...paths].sort(byPath).filter((path) => !isIgnored(path, names.includes("views")));
  const { problems, alike } = alikeNames(own);
  const unknown: { table: string; path: string }[] = [];
  for (const path of own) {
    const [, table = path, rest = ""] = /^([^/]+?)(\.[^./]*|\/.+)$/.exec(path) ?? [];
    const list = files.get(table);
    if (list && /^(\/[^/]+)?\.json$/.test(rest)) list.push(path);
    else if (list)
      problems.push(wordedProblem(path, rest.endsWith(".json") ? fileRules.folderInFolder(table, path) : fileRules.ending(path)));
    else if (path.endsWith(".json")) unknown.push({ table, path });
    else problems.push(wordedProblem(path, fileRules.strayFile(names)));
  }
  const unmatched = unknown.filter(({ path }) => !alike.has(path));
  problems.push(...unmatchedProblems(files, unmatched, paths));
  const isFileAndFolder = ([table, list]: [string, string[]]): boolean => list.includes(`${table}.json`) && list.length > 1;
  for (const [table] of [...files].filter(isFileAndFolder)) problems.push(wordedProblem(`${table}.json`, fileRules.fileAndFolder(table)));
  return { files, problems };
}

/** The result of reading the small files of a dataset and the names of the others. */
export interface Opened {
  /** Absent if there are problems. */
  dataset?: Dataset;
  /** Absent if schema.json has problems. Records can be checked even if other files have problems. */
  tables?: Tables;
  /** The name in dataset.json; absent if that has problems. */
  name?: string;
  problems: Problem[];
  /** Warnings about the texts of a dataset without problems. */
  warnings?: Problem[];
}

function compileProblems(plans: readonly TablePlan[]): Problem[] {
  return plans.flatMap((plan) => {
    if (isPlainSchema(plan.record)) return [];
    try {
      compileRecord(plan.record);
      return [];
    } catch (error) {
      // ajv throws plain errors for invalid schemas; others, such as a TypeError, are errors of the code.
      if (!(error instanceof MissingRefError || (error as Error).constructor === Error)) throw error;
      const message = `The schema of the records of "${plan.name}" is invalid: ${(error as Error).message}`;
      return [fileProblem(SCHEMA_FILE, message, "Correct the schema.")];
    }
  });
}

function readSchema(bytes: Uint8Array | undefined, rules: SchemaRules): { schema?: Schema; plans: TablePlan[]; problems: Problem[] } {
  if (!bytes) return { plans: [], problems: [wordedProblem(SCHEMA_FILE, fileRules.missing(SCHEMA_FILE))] };
  const check = (value: unknown): ValueProblem[] => {
    // An unknown keyword explains most other problems.
    const keywords = keywordProblems(value);
    const problems = keywords.length > 0 ? keywords : checkSchema(value);
    return problems.length > 0 ? problems : overlookedProblems(value as Schema, rules);
  };
  const { layout } = rules;
  const { value, problems } = readDocument(SCHEMA_FILE, bytes, check, layout);
  if (problems.length > 0) return { plans: [], problems };
  const schema = value as Schema;
  const plans = Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema, layout));
  const refused = compileProblems(plans);
  return refused.length > 0 ? { plans: [], problems: refused } : { schema, plans, problems: [] };
}

function readMetadata(
  bytes: Uint8Array | undefined,
  { layout, formats }: OpenDatasetOptions & { layout: number },
): { metadata?: Metadata; problems: Problem[] } {
  if (!bytes) return { problems: [wordedProblem(DATASET_FILE, fileRules.missing(DATASET_FILE))] };
  const check = (value: unknown): ValueProblem[] => {
    const problems = renamedMetadata(checkAgainst(METADATA_SCHEMA)(value));
    if (problems.length > 0) return problems;
    const metadata = value as Metadata;
    return [...(layout === FIRST_LAYOUT ? [] : placeholderProblems(metadata)), ...(formats ? formatNameProblems(metadata, formats) : [])];
  };
  const { value, problems } = readDocument(DATASET_FILE, bytes, check, layout);
  return problems.length > 0 ? { problems } : { metadata: value as Metadata, problems };
}

function sameNameProblems(plans: readonly TablePlan[], metadata: Metadata | undefined): Problem[] {
  const same = plans.find((plan) => plan.name.toLowerCase() === metadata?.name);
  if (!same) return [];
  const message = `The table "${same.name}" has the name of its dataset: ${same.name}.json contains the whole release`;
  return [fileProblem(SCHEMA_FILE, message, "Rename the table and its file.")];
}

export interface OpenDatasetOptions {
  /** Layout of the release to build: rules of later layouts do not apply, so that old releases can be rebuilt. Default: the newest. */
  layout?: number | undefined;
  /** Whether the dataset may have been released with keyword values that earlier versions did not check. */
  mayHaveOverlookedProblems?: boolean;
  /** The formats that dataset.json may list. Default: any. */
  formats?: FormatNames;
}

/** Opens a dataset from its small files and the names of the others. */
export function openDataset(
  paths: readonly string[],
  small: ReadonlyMap<string, Uint8Array>,
  { layout = LAYOUT, mayHaveOverlookedProblems = false, formats }: OpenDatasetOptions = {},
): Opened {
  const rules = { layout, mayHaveOverlookedProblems };
  const { metadata, problems } = readMetadata(small.get(DATASET_FILE), { layout, ...(formats ? { formats } : {}) });
  const { schema, plans: planned, problems: schemaProblems } = readSchema(small.get(SCHEMA_FILE), rules);
  const wholeNumbers = formats && layout > FIRST_LAYOUT ? int64FormatName(metadata, formats) : undefined;
  const withFormat = (plan: TablePlan): TablePlan => (wholeNumbers === undefined ? plan : { ...plan, wholeNumbers });
  const plans = planned.map(withFormat);
  problems.push(...schemaProblems);
  const name = metadata ? { name: metadata.name } : {};
  if (!schema) return { ...name, problems };
  const found = tableFiles(plans, paths);
  const names = plans.map(({ name }) => name);
  const { checks, problems: checkProblems } = readSqlChecks(paths, small, names);
  // A table called `views` uses that folder.
  const viewPaths = names.includes("views") ? [] : paths;
  const { views, schema: published, problems: viewProblems } = readViews(viewPaths, small, schema, rules);
  const viewPlans = views.map((view) => withFormat(planTable(view.name, published, layout)));
  problems.push(...sameNameProblems([...plans, ...viewPlans], metadata), ...found.problems, ...checkProblems, ...viewProblems);
  problems.push(
    ...viewPlans.flatMap((plan) => compileProblems([plan]).map((problem) => ({ ...problem, file: `${VIEWS}${plan.name}.json` }))),
  );
  const tables = { plans, files: found.files, filesComplete: found.problems.length === 0 };
  if (!metadata || problems.length > 0) return { ...name, tables, problems };
  const license = small.get(LICENSE_FILE);
  const text = license ? { license: Buffer.from(license).toString("utf8") } : {};
  const named = metadata.release?.formats ? { formats: metadata.release.formats } : {};
  const dataset = { ...tables, plans: [...plans, ...viewPlans], metadata, schema: published, checks, views, ...text, ...named };
  const described = [...small.keys()].filter((path) => path.startsWith(VIEWS) && path.endsWith(".json"));
  const warnings = damagedTextWarnings(small, names.includes("views") ? [] : described);
  return { dataset, ...name, tables, problems: [], ...(warnings.length > 0 ? { warnings } : {}) };
}
