import { against, readDocument } from "./document.ts";
import { METADATA_SCHEMA, type Metadata } from "./metadata.ts";
import { atFile, inFile, type Problem } from "./problem.ts";
import { compileRecord } from "./record-validator.ts";
import { fileRules } from "./rules/table-rules.ts";
import { schemaFaults } from "./schema-problems.ts";
import { wordFaults } from "./schema-words.ts";
import { CHECKS, readChecks, type SqlCheck } from "./sql-check.ts";
import { planTable, type Schema, type TablePlan } from "./table-plan.ts";

/** A dataset before its records are read. */
export interface Dataset {
  metadata: Metadata;
  schema: Schema;
  /** In the order of the schema. */
  plans: TablePlan[];
  /** Table → its files, in the order in which their records are published. */
  files: Map<string, string[]>;
  /** Rules that the schema cannot say. */
  checks: SqlCheck[];
  license?: string;
}

/** Files of the folder that are no tables: for people, and of other tools. */
const BESIDE = new Set(["dataset.json", "schema.json", "README.md", "LICENSE", "CHANGELOG.md"]);

const byPath = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function tableFiles(plans: TablePlan[], paths: readonly string[]): { files: Map<string, string[]>; problems: Problem[] } {
  const files = new Map<string, string[]>(plans.map((plan) => [plan.name, []]));
  const problems: Problem[] = [];
  const names = [...files.keys()];
  const folded = new Map<string, string>();
  for (const path of [...paths].sort(byPath)) {
    if (BESIDE.has(path) || path.startsWith(CHECKS) || path.split("/").some((part) => part.startsWith("."))) continue;
    const fold = path.normalize("NFC").toLowerCase();
    const other = folded.get(fold);
    folded.set(fold, path);
    if (other !== undefined)
      problems.push(
        inFile(
          path,
          `It is called like ${other}, but for large and small letters or the way accents are written`,
          "Rename one: where file systems make no difference (macOS, Windows), a clone loses one of the two.",
        ),
      );
    const [, table = path, rest = ""] = /^([^/]+?)(\.[^./]*|\/.+)$/.exec(path) ?? [];
    const list = files.get(table);
    if (list && /^(\/[^/]+)?\.json$/.test(rest)) list.push(path);
    else if (list) problems.push(atFile(path, rest.endsWith(".json") ? fileRules.folderInFolder(table, path) : fileRules.ending(path)));
    else if (path.endsWith(".json")) problems.push(atFile(path, fileRules.unknownTable(table, names, path)));
    else problems.push(atFile(path, fileRules.strayFile(names)));
  }
  for (const [table, list] of files)
    if (list.includes(`${table}.json`) && list.length > 1) problems.push(atFile(`${table}.json`, fileRules.fileAndFolder(table)));
    else if (list.length === 0) problems.push(atFile(`${table}.json`, fileRules.noFile(table)));
  return { files, problems };
}

/** Reads what a dataset is from its small files and the names of the others. */
export function openDataset(paths: readonly string[], small: ReadonlyMap<string, Uint8Array>): { dataset?: Dataset; problems: Problem[] } {
  const problems: Problem[] = [];
  const missing = ["dataset.json", "schema.json"].filter((path) => !small.has(path));
  for (const path of missing) problems.push(atFile(path, fileRules.missing(path)));
  if (missing.length > 0) return { problems };
  const metadata = readDocument("dataset.json", small.get("dataset.json") as Uint8Array, against(METADATA_SCHEMA));
  const schema = readDocument("schema.json", small.get("schema.json") as Uint8Array, (value) => {
    // A misspelt word explains most of what else is wrong with it.
    const words = wordFaults(value);
    return words.length > 0 ? words : schemaFaults(value);
  });
  problems.push(...metadata.problems, ...schema.problems);
  if (problems.length > 0) return { problems };
  const root = schema.value as Schema;
  const plans = Object.keys(root.properties ?? {}).map((name) => planTable(name, root));
  for (const plan of plans) {
    try {
      compileRecord(plan.record);
    } catch (error) {
      problems.push(
        inFile(
          "schema.json",
          `The records of "${plan.name}" are described in a way that cannot be used: ${(error as Error).message}`,
          "Mend the schema.",
        ),
      );
    }
  }
  const { name } = metadata.value as Metadata;
  const same = plans.find((plan) => plan.name.toLowerCase() === name);
  if (same)
    problems.push(
      inFile(
        "schema.json",
        `A table cannot be called "${same.name}" as its dataset is: ${name}.json holds the whole of a release`,
        "Give the table another name, and its file.",
      ),
    );
  const found = tableFiles(plans, paths);
  const { checks, problems: notRun } = readChecks(
    paths,
    small,
    plans.map(({ name }) => name),
  );
  problems.push(...found.problems, ...notRun);
  const license = small.get("LICENSE");
  if (problems.length > 0) return { problems };
  return {
    dataset: {
      metadata: metadata.value as Metadata,
      schema: root,
      plans,
      files: found.files,
      checks,
      ...(license ? { license: Buffer.from(license).toString("utf8") } : {}),
    },
    problems: [],
  };
}
