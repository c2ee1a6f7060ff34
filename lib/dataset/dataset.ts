import { MissingRefError } from "ajv/dist/2020.js";
import { DATASET_FILE, SCHEMA_FILE } from "../contract/dataset-files.ts";
import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { LICENSE_FILE } from "../contract/release-files.ts";
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
import { VIEWS } from "./is-view-file.ts";
import { keywordProblems } from "./keyword-problems.ts";
import { METADATA_SCHEMA, type Metadata } from "./metadata.ts";
import { overlookedPlaceholderProblems } from "./overlooked-placeholder-problems.ts";
import { overlookedProblems, type SchemaRules } from "./overlooked-problems.ts";
import { placeholderProblems } from "./placeholder-problems.ts";
import { renamedMetadata } from "./renamed-metadata.ts";
import { readSqlChecks, type SqlCheck } from "./sql-check.ts";
import { tableFiles } from "./table-files.ts";
import { readViews, type View } from "./view.ts";

/** The tables of a dataset, without their records. */
export interface Tables {
  /** In the order of the schema. */
  plans: TablePlan[];
  /** Files by table, in the order in which their records are published. */
  files: Map<string, string[]>;
  /** False if a file of records may be misnamed: dangling references may then be right. */
  filesComplete: boolean;
  /** Whether the record of a new dataset is a problem, because the dataset will be released. Default: no. */
  refusesStarterRecord?: boolean;
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

/** `renamed`: a file whose name differs from that of the schema only by case. */
function readSchema(
  bytes: Uint8Array | undefined,
  rules: SchemaRules,
  renamed: string | undefined,
): { schema?: Schema; plans: TablePlan[]; problems: Problem[] } {
  if (!bytes) return { plans: [], problems: [wordedProblem(SCHEMA_FILE, fileRules.missing(SCHEMA_FILE, renamed))] };
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
  renamed: string | undefined,
): { metadata?: Metadata; problems: Problem[] } {
  if (!bytes) return { problems: [wordedProblem(DATASET_FILE, fileRules.missing(DATASET_FILE, renamed))] };
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

const inOtherCase = (paths: readonly string[], file: string): string | undefined =>
  paths.find((path) => path !== file && path.toLowerCase() === file);

export interface OpenDatasetOptions {
  /** Layout of the release to build: rules of later layouts do not apply, so that old releases can be rebuilt. Default: the newest. */
  layout?: number | undefined;
  /** Whether the dataset may have been released with placeholders and keyword values that earlier versions did not check. */
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
  const options = { layout, ...(formats ? { formats } : {}) };
  const { metadata, problems } = readMetadata(small.get(DATASET_FILE), options, inOtherCase(paths, DATASET_FILE));
  const schemaFile = small.get(SCHEMA_FILE);
  const { schema, plans: planned, problems: schemaProblems } = readSchema(schemaFile, rules, inOtherCase(paths, SCHEMA_FILE));
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
  // Releases with placeholders that earlier versions overlooked can be rebuilt.
  const strict = mayHaveOverlookedProblems || layout === FIRST_LAYOUT ? undefined : metadata;
  problems.push(...(strict ? overlookedPlaceholderProblems(strict, schema) : []));
  const refusesStarterRecord = strict?.release?.version !== undefined;
  const tables = { plans, files: found.files, filesComplete: found.problems.length === 0, refusesStarterRecord };
  if (!metadata || problems.length > 0) return { ...name, tables, problems };
  const license = small.get(LICENSE_FILE);
  const text = license ? { license: Buffer.from(license).toString("utf8") } : {};
  const named = metadata.release?.formats ? { formats: metadata.release.formats } : {};
  const dataset = { ...tables, plans: [...plans, ...viewPlans], metadata, schema: published, checks, views, ...text, ...named };
  const described = [...small.keys()].filter((path) => path.startsWith(VIEWS) && path.endsWith(".json"));
  const warnings = damagedTextWarnings(small, names.includes("views") ? [] : described);
  return { dataset, ...name, tables, problems: [], ...(warnings.length > 0 ? { warnings } : {}) };
}
