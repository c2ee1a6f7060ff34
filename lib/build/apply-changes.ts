import { LAYOUT } from "../contract/layout.ts";
import { recordKey } from "../contract/record-key.ts";
import { CHANGES_FILE, CHANGES_TEXT_FILE, MANIFEST_FILE } from "../contract/release-files.ts";
import { checkSchema } from "../dataset/check-schema.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { OPTIONAL_METADATA } from "../dataset/metadata.ts";
import type { IcebergTables } from "../formats/iceberg-columns.ts";
import { recordsFile } from "../formats/records-file.ts";
import type { JsonRecord } from "../formats/value.ts";
import { checkAgainst } from "../json/check-against.ts";
import { parseJson } from "../json/parse-json.ts";
import { readDocument } from "../json/read-document.ts";
import { parseRecordLine } from "../ports/parse-record-line.ts";
import type { Artifact, ReleaseFolder, Source, Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { sha256 } from "../ports/sha256.ts";
import { applyTableChanges } from "../release/apply-table-changes.ts";
import { withChangedValues } from "../release/changed-values.ts";
import changesSchema from "../release/changes.schema.json" with { type: "json" };
import type { ChangesFile, TableChanges } from "../release/changes-file.ts";
import { changesMarkdown } from "../release/changes-markdown.ts";
import type { Difference } from "../release/difference.ts";
import type { Schema } from "../schema/schema.ts";
import type { TablePlan } from "../schema/table-plan.ts";
import { buildDatasetTables } from "./build-dataset.ts";
import { CannotApplyError } from "./cannot-apply-error.ts";
import { checkRecordOrder } from "./check-record-order.ts";
import { finishRelease } from "./finish-release.ts";
import { recordLines } from "./record-lines.ts";
import { type ReleaseSide, releaseMetadata, releasePlans, releaseSide } from "./release-side.ts";
import { tableLabels } from "./table-labels.ts";
import { writeText } from "./write-text.ts";

const inputFile = (table: string): string => `.records-${table}.json`;

async function recordsOf(folder: ReleaseFolder, table: string): Promise<JsonRecord[]> {
  const records: JsonRecord[] = [];
  for await (const line of recordLines(folder.read(recordsFile(table)))) records.push(parseRecordLine(line));
  return records;
}

/** The difference of a table in `changes.json`, in the detail that `CHANGES.md` shows. */
function tableDifference(
  { counts, added = [], changed = [], replaced = [], removed = [] }: TableChanges,
  past: Map<string, JsonRecord>,
): Difference["tables"][string] {
  return {
    counts: { added: 0, changed: 0, replaced: 0, removed: 0, ...counts },
    added,
    changed: changed.map((change) => ({
      ...change,
      record: change.record ?? withChangedValues(past.get(change.key) ?? {}, change.fields),
    })),
    replaced,
    removed,
    spools: {},
    // Not needed: a published release has passed its checks.
    active: { before: 0, after: 0, lost: 0 },
  };
}

/** Writes the records of a table as a file of a source, and returns its bytes. */
async function writeInput(workspace: Workspace, table: string, records: readonly JsonRecord[]): Promise<number> {
  const writer = await workspace.create(inputFile(table));
  for (let i = 0; i < records.length; i += 1) await writer.write(Buffer.from(`${i === 0 ? "[" : ",\n"}${JSON.stringify(records[i])}`));
  await writer.write(Buffer.from(records.length === 0 ? "[]\n" : "]\n"));
  return (await writer.close()).bytes;
}

/** Reads a `changes.json`. Throws `CannotApplyError` if it is invalid, or cannot be applied to any release. */
function readChanges(changesBytes: Uint8Array): ChangesFile {
  const parsed = parseJson<ChangesFile>(Buffer.from(changesBytes).toString("utf8"));
  if (!parsed) throw new CannotApplyError("This is not a changes.json: it is not valid JSON.");
  const changes = parsed.value;
  const [problem] = readDocument(CHANGES_FILE, changesBytes, checkAgainst(changesSchema as unknown as Schema)).problems;
  if (problem) throw new CannotApplyError(`This is not a changes.json of factpress: line ${problem.line}: ${problem.message}`);
  if (changes.removed)
    throw new CannotApplyError(`${changes.from} was removed, so these changes are incomplete. Fetch the complete ${changes.to}.`);
  const [schemaProblem] = changes.documents.schema === undefined ? [] : checkSchema(changes.documents.schema);
  if (schemaProblem) throw new CannotApplyError(`These changes produce an invalid schema: ${schemaProblem.message}`);
  return changes;
}

function verifyVersions(changes: ChangesFile, oldVersion: unknown, generator: string): void {
  if (changes.from !== oldVersion)
    throw new CannotApplyError(`These changes go from ${changes.from} to ${changes.to}, but the old release is ${oldVersion}.`);
  if (changes.generator !== generator)
    throw new CannotApplyError(`${changes.to} was built by factpress ${changes.generator}, but this is ${generator}: use that version.`);
}

function newLayout({ layout: changed, to }: ChangesFile, old: number): number {
  const layout = changed ?? old;
  if (layout > LAYOUT) throw new CannotApplyError(`${to} was built in layout ${layout} by a newer Factpress: use that version.`);
  return layout;
}

function recordsAfter(
  name: string,
  past: readonly JsonRecord[],
  changes: TableChanges,
  keyOf: (record: JsonRecord) => string,
): JsonRecord[] {
  checkRecordOrder(name, changes, past.length);
  return applyTableChanges(past, changes, keyOf);
}

/** Column ids continue from the previous release, which may not be the release that was compared. */
const idsBefore = ({ previous, iceberg }: ChangesFile, { shape }: ReleaseSide): IcebergTables | undefined =>
  iceberg ?? (previous ? undefined : shape.package.iceberg);

/** The changes, the release that they are applied to, and the workspace for the result. */
interface Application {
  changes: ChangesFile;
  old: ReleaseFolder;
  before: ReleaseSide;
  /** The tables after the changes. */
  plans: readonly TablePlan[];
  workspace: Workspace;
}

/** Applies the changes to each table. The records are files of `source`; `tables`: the difference, for `CHANGES.md`. */
async function applyToTables(application: Application): Promise<{ source: Source; tables: Difference["tables"] }> {
  const { changes, old, before, plans, workspace } = application;
  const sizes = new Map<string, number>();
  const tables: Difference["tables"] = {};
  for (const plan of plans) {
    const table = changes.tables[plan.name];
    const existed = before.shape.package.resources.some(({ path }) => path === recordsFile(plan.name));
    const past = existed ? await recordsOf(old, plan.name) : [];
    const keyOf = (record: JsonRecord): string => recordKey(plan, record);
    const records = table ? recordsAfter(plan.name, past, table, keyOf) : past;
    if (table) tables[plan.name] = tableDifference(table, new Map([...past].reverse().map((record) => [keyOf(record), record])));
    sizes.set(plan.name, await writeInput(workspace, plan.name, records));
  }
  const source: Source = {
    list: async () => [...sizes].map(([name, bytes]) => ({ path: `${name}.json`, bytes })),
    read: (path) => workspace.read(inputFile(path.replace(/\.json$/, ""))),
  };
  return { source, tables };
}

function datasetAfter({ changes: { documents, formats }, before, plans }: Application): Dataset {
  const { package: described, schema } = before.shape;
  const dataset: Dataset = {
    metadata: releaseMetadata(documents.dataset ? { ...described, ...blank(documents.dataset), ...documents.dataset } : described),
    schema: documents.schema ?? schema,
    plans: [...plans],
    files: new Map(plans.map(({ name }) => [name, [`${name}.json`]])),
    checks: [],
    // The rows of views are already records.
    views: [],
    filesComplete: true,
    license: documents.license ?? before.license,
  };
  dataset.formats = formats ?? before.formats;
  return dataset;
}

async function writeChangesText({ changes, plans, workspace }: Application, tables: Difference["tables"]): Promise<Artifact> {
  const { level, schema, from, to, previous } = changes;
  const difference: Difference = { level, schema, tables };
  const labels = await tableLabels(difference, plans, [(table) => workspace.read(recordsFile(table))]);
  const heading = { title: to, since: from, everything: CHANGES_FILE, ...(previous ? { skipped: previous.version } : {}) };
  return writeText(workspace, CHANGES_TEXT_FILE, changesMarkdown(heading, difference, plans, labels));
}

/** Builds every file of a release except the signature, from an older release and `changes.json`. */
export async function applyChanges(
  old: ReleaseFolder,
  changesBytes: Uint8Array,
  runtime: Runtime,
  workspace: Workspace,
): Promise<{ version: string; artifacts: Artifact[] }> {
  const { generator } = runtime;
  const changes = readChanges(changesBytes);
  const before = await releaseSide(old, "the old release");
  verifyVersions(changes, before.shape.package["version"], generator);
  const layout = newLayout(changes, before.shape.package.layout);
  const plans = releasePlans(changes.documents.schema ?? before.shape.schema, layout);
  const application = { changes, old, before, plans, workspace };
  const { source, tables } = await applyToTables(application);
  const dataset = datasetAfter(application);
  const built = await buildDatasetTables({ dataset, source, runtime }, { workspace });
  if (built.problemCount > 0) throw new CannotApplyError(`The changes produce a dataset with problems: ${built.problems[0]?.message}`);
  const text = await writeChangesText(application, tables);
  const copy = await workspace.create(CHANGES_FILE);
  await copy.write(changesBytes);
  const manifest = (await old.bytes(MANIFEST_FILE)) ?? new Uint8Array();
  const artifacts = await finishRelease(
    dataset,
    {
      version: changes.to,
      commit: changes.commit,
      date: changes.date,
      previous: changes.previous?.manifest ?? sha256(manifest),
      generator,
      icebergBefore: idsBefore(changes, before),
    },
    { tables: [...built.artifacts, await copy.close(), text], workspace, formats: runtime.formats },
  );
  return { version: changes.to, artifacts };
}

/** Clears optional properties that the new dataset.json lacks. */
const blank = (metadata: object): Record<string, undefined> =>
  Object.fromEntries(
    [...OPTIONAL_METADATA, "records"].filter((property) => !(property in metadata)).map((property) => [property, undefined]),
  );
