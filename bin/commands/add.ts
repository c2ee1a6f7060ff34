import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { folderSource } from "../../lib/adapters/folder/folder-source.ts";
import { readDataset } from "../../lib/check/read-dataset.ts";
import { recordKey } from "../../lib/contract/record-key.ts";
import type { ValuePath } from "../../lib/contract/value-path.ts";
import { isYesAnswer } from "../../lib/dataset/answer-value.ts";
import type { Dataset } from "../../lib/dataset/dataset.ts";
import { type Draft, draftProblems } from "../../lib/dataset/draft.ts";
import { proposeKey } from "../../lib/dataset/propose-key.ts";
import { slug } from "../../lib/dataset/slug.ts";
import { withoutViews } from "../../lib/dataset/without-views.ts";
import { escapeControlChars } from "../../lib/diagnostics/escape-control-chars.ts";
import { nearestName } from "../../lib/diagnostics/nearest-name.ts";
import { canonicalText } from "../../lib/json/canonical-text.ts";
import { compileRecord } from "../../lib/schema/compile-record.ts";
import type { TablePlan } from "../../lib/schema/table-plan.ts";
import { Answers } from "../answers.ts";
import { AnswersInterrupted } from "../answers-interrupted.ts";
import { colors } from "../colors.ts";
import { type DatasetFolder, findDatasets } from "../find-datasets.ts";
import { Interview, type KnownValues } from "../interview.ts";
import { out } from "../out.ts";
import { pathToWrite } from "../path-to-write.ts";
import { printProblems } from "../print-problems.ts";
import { readText } from "../read-text.ts";
import { replaceText } from "../replace-text.ts";
import { shellWord } from "../shell-word.ts";
import { UsageError } from "../usage-error.ts";
import { check } from "./check.ts";

/** A file of records. */
interface RecordFile {
  path: string;
  /** Undefined if the file does not exist yet. */
  text: string | undefined;
  records: Draft[];
}

/** Maximum number of existing values offered for completion. */
const MAX_OFFERED = 500;

/** Reads the records of a file; undefined if it is invalid, which `factpress check` explains. */
async function readRecords(folder: string, path: string, plan: TablePlan): Promise<RecordFile | undefined> {
  const text = await readText(join(folder, path));
  const usual = text === undefined ? undefined : canonicalText(text, plan)?.text;
  const records = usual === undefined ? undefined : (JSON.parse(usual) as unknown);
  return Array.isArray(records) ? { path, text, records: records as Draft[] } : undefined;
}

/** Reads the files of a table; undefined if one of them is invalid. */
async function readFiles(folder: string, dataset: Dataset, plan: TablePlan): Promise<RecordFile[] | undefined> {
  const files: RecordFile[] = [];
  for (const path of dataset.files.get(plan.name) ?? []) {
    const file = await readRecords(folder, path, plan);
    if (!file) return undefined;
    files.push(file);
  }
  return files;
}

const valueIn = (record: unknown, path: ValuePath): unknown[] => {
  const [first, ...rest] = path;
  if (first === undefined) return record === undefined || record === null ? [] : [record];
  if (typeof record !== "object" || record === null) return [];
  return typeof first === "number" && Array.isArray(record)
    ? record.flatMap((item) => valueIn(item, rest))
    : valueIn((record as Draft)[first], rest);
};

async function known(dataset: Dataset, tables: ReadonlyMap<string, RecordFile[]>, plan: TablePlan): Promise<KnownValues> {
  const labels = new Map<string, Map<string, string>>();
  for (const other of dataset.plans) {
    const [key, more] = other.primaryKey;
    if (key === undefined || more !== undefined) continue;
    const records = (tables.get(other.name) ?? []).flatMap(({ records }) => records);
    labels.set(other.name, new Map(records.map((record) => [String(record[key]), String(record[other.labelColumn ?? key] ?? "")])));
  }
  const own = (tables.get(plan.name) ?? []).flatMap(({ records }) => records);
  return {
    labels,
    valuesAt: (path) => [...new Set(own.flatMap((record) => valueIn(record, path)).map(String))].slice(0, MAX_OFFERED).sort(),
  };
}

/** The column that decides which records share a file. */
const subjectColumn = (plan: TablePlan): string | undefined =>
  (
    plan.columns.find(({ schema }) => schema.role === "subject") ??
    plan.columns.find(({ references, derived, path }) => references && derived === undefined && path.length === 1)
  )?.path[0];

/** The file for a new record: the only file, the file with the same subject, or a new one. */
function fileFor(plan: TablePlan, files: readonly RecordFile[], record: Draft, { labels }: KnownValues): RecordFile {
  const [only] = files;
  if (only?.path === `${plan.name}.json`) return only;
  const column = subjectColumn(plan);
  const subject = column && record[column];
  const same = files.find(({ records }) => records.some((other) => column !== undefined && other[column] === subject));
  if (same) return same;
  const table = plan.columns.find(({ name }) => name === column)?.references;
  const name = slug(labels.get(table ?? "")?.get(String(subject)) || String(subject ?? record[plan.primaryKey[0] as string])) || "more";
  for (let i = 1; ; i += 1) {
    const path = `${plan.name}/${name}${i === 1 ? "" : `-${i}`}.json`;
    if (!files.some((file) => file.path.toLowerCase() === path)) return { path, text: undefined, records: [] };
  }
}

/** Values from which a key can be proposed: the label, or subject, property and source. */
function keyProposalParts(plan: TablePlan, record: Draft): (string | undefined)[][] {
  const textOf = (column: string | undefined): string | undefined => {
    const value = column === undefined ? undefined : record[column];
    return typeof value === "string" ? value : undefined;
  };
  const byRole = (role: string): string | undefined => plan.columns.find(({ schema }) => schema.role === role)?.path[0];
  return [["subject", "property", "source"].map((role) => textOf(byRole(role))), [textOf(plan.labelColumn)]];
}

const isText = (plan: TablePlan): boolean =>
  plan.primaryKey.length === 1 &&
  plan.columns.some(({ name, type, allowed, references }) => name === plan.primaryKey[0] && type === "string" && !allowed && !references);

/** The last of the records that have the most values in common with another. Its key serves as a pattern. */
function mostSimilar(records: readonly Draft[], record: Draft): Draft | undefined {
  const common = (other: Draft): number => Object.entries(record).filter(([name, value]) => other[name] === value).length;
  return records.reduce<Draft | undefined>((best, other) => (best && common(best) > common(other) ? best : other), undefined);
}

/** Prompts for a record with an unused key. A text key is asked last, so that it can be proposed from the other values. */
async function askRecord(answers: Answers, plan: TablePlan, files: readonly RecordFile[], facts: KnownValues): Promise<Draft> {
  const interview = new Interview(answers, plan, facts);
  const records = files.flatMap(({ records }) => records);
  const taken = new Set(records.map((record) => recordKey(plan, record)));
  const [key = ""] = plan.primaryKey;
  const later = isText(plan) ? [key] : [];
  await interview.all(later);
  const isFree = (value: unknown): boolean => !taken.has(String(value));
  const last = String(mostSimilar(records, interview.record)?.[key] ?? "");
  const propose = (): string | undefined =>
    proposeKey(keyProposalParts(plan, interview.record), last, (value) => isFree(value) && interview.fits([key], value));
  if (later.length > 0) await interview.property([key], propose());
  while (taken.has(recordKey(plan, interview.record))) {
    out(colors.red(`  Another record of ${plan.name} already has the key ${escapeControlChars(recordKey(plan, interview.record))}`));
    for (const name of plan.primaryKey) await interview.property([name], later.length > 0 ? propose() : undefined);
  }
  const names = Object.keys(plan.record.properties ?? {});
  return Object.fromEntries(names.flatMap((name) => (name in interview.record ? [[name, interview.record[name]]] : [])));
}

/** Adds a record to the current state of the file, which may have changed during the prompts. Returns false if the file is invalid. */
async function write(folder: string, path: string, plan: TablePlan, record: Draft): Promise<boolean> {
  const absent: RecordFile = { path, text: undefined, records: [] };
  const file = existsSync(join(folder, path)) ? await readRecords(folder, path, plan) : absent;
  if (!file) return false;
  return replaceText(folder, path, file.text, `${JSON.stringify([...file.records, record], null, 2)}\n`);
}

function planOf(dataset: Dataset, table: string): TablePlan {
  const view = dataset.views.find(({ name }) => name === table);
  if (view) throw new UsageError(`${table} is a view: its rows are made from other tables by ${view.file}. Change the records of those.`);
  const { plans } = withoutViews(dataset);
  const plan = plans.find(({ name }) => name === table);
  if (plan) return plan;
  const names = plans.map(({ name }) => name);
  const suggestion = nearestName(table, names);
  throw new UsageError(
    `There is no table "${table}"; the tables are: ${names.join(", ")}.${suggestion ? ` Did you mean "${suggestion}"?` : ""}`,
  );
}

function printHowToContribute({ shown, folder }: DatasetFolder, path: string, plan: TablePlan, record: Draft): void {
  const name = plan.primaryKey.map((key) => String(record[key])).join(" ");
  const branch = `add-${slug(name)}`;
  out(
    `\nTo send it:\n  git switch -c ${branch}\n  git add -- ${shellWord(relative(process.cwd(), join(folder, path)) || shown)}\n  git commit -m ${shellWord(`Add ${escapeControlChars(name)}`)}\n  git push -u origin ${branch}`,
  );
}

async function added(dataset: DatasetFolder, opened: Dataset, table: string, answers: Answers): Promise<number> {
  const plan = planOf(opened, table);
  const tables = new Map<string, RecordFile[]>();
  for (const other of opened.plans.filter(({ name }) => name === table || plan.referencedTables.includes(name))) {
    const files = await readFiles(dataset.folder, opened, other);
    if (!files) {
      out(`A file of ${other.name} cannot be read. Correct it first: factpress check ${dataset.shown}`);
      return 1;
    }
    tables.set(other.name, files);
  }
  const files = tables.get(table) as RecordFile[];
  const facts = await known(opened, tables, plan);
  out(`${colors.bold(`A new record of ${escapeControlChars(plan.title)}`)}. Press Ctrl-C to stop without writing.`);
  const record = await askRecord(answers, plan, files, facts);
  const problems = draftProblems(compileRecord(plan.record), record, []);
  const file = fileFor(plan, files, record, facts);
  out(`\n${escapeControlChars(JSON.stringify(record, null, 2), "\n")}\n`);
  for (const { message } of problems) out(colors.red(escapeControlChars(message)));
  out(`Write it to ${dataset.shown}/${file.path}${file.records.length === 0 ? ", a new file" : ""}? (Enter for yes, n for no)`);
  const answer = await answers.next(["y", "n"]);
  if (answer !== "" && !isYesAnswer(answer)) {
    out("Nothing was written.");
    return 0;
  }
  if (!(await write(dataset.folder, file.path, plan, record))) {
    out(`${dataset.shown}/${file.path} was changed meanwhile. Nothing was written; the record is printed above.`);
    return 1;
  }
  out("");
  const code = await check(dataset.folder, { format: "text" });
  printHowToContribute(dataset, file.path, plan, record);
  return code;
}

/** Prompts for a record, writes it to the right file, and checks the dataset. */
export async function add(table: string, options: { dataset?: string }): Promise<number> {
  const [dataset, other] = await findDatasets(options.dataset);
  if (!dataset || other) throw new UsageError("Name the dataset: --dataset NAME");
  await pathToWrite(dataset.given);
  const { dataset: opened, problems } = await readDataset(folderSource(dataset.folder), dataset.name);
  if (!opened) {
    printProblems(dataset, { problems, problemCount: problems.length });
    return 1;
  }
  const answers = new Answers();
  try {
    return await added(dataset, opened, table, answers);
  } catch (error) {
    if (!(error instanceof AnswersInterrupted)) throw error;
    out(error.message);
    return 130;
  } finally {
    answers.close();
  }
}
