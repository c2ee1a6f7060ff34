import { type Checked, checkDataset } from "../check/check-dataset.ts";
import { runTables, type TablesResult } from "../check/run-tables.ts";
import { checkRecords } from "../check/sql-checks.ts";
import type { Encoding, TableTasks } from "../check/table-outputs.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { ArchiveFormat, FinishedFile, Format } from "../formats/format.ts";
import { filesOf, formatsOf } from "../formats/formats.ts";
import { parquet } from "../formats/parquet/format.ts";
import { type IcebergTables, nextIcebergTables } from "../formats/parquet/iceberg-tables.ts";
import { bodyOf } from "../ports/body-of.ts";
import type { Artifact, Source, Workspace } from "../ports/ports.ts";
import type { Runtime } from "../ports/runtime.ts";
import { datapackage, type ReleaseFacts } from "../release/datapackage.ts";
import { citationFile, licenseFile, readmeFile } from "../release/documents.ts";
import { manifestText } from "../release/manifest-text.ts";
import { encodersOf, FormatFiles, type FormatWorkspace, finishFiles, writeArchive } from "./format-files.ts";
import { nextFormats } from "./next-formats.ts";

interface BuildOptions {
  workspace: FormatWorkspace;
  /** Default: all formats of the dataset. */
  formats?: readonly Format[] | undefined;
  locate?: TableTasks["locate"];
}

export type Built = TablesResult & { artifacts: Artifact[] };

/** Checks the records of a dataset and writes the files of its tables in the same pass. Its SQL checks do not run. */
export const buildTables = (dataset: Dataset, source: Source, runtime: Runtime, options: BuildOptions): Promise<Built> =>
  writeTables(dataset, runtime, options, (tasks) => runTables(dataset, source, runtime, tasks));

/** The same with the SQL checks of the dataset. */
export const buildChecked = (dataset: Dataset, source: Source, runtime: Runtime, options: BuildOptions): Promise<Built> =>
  writeTables(dataset, runtime, options, (tasks) => checkRecords(dataset, source, runtime, tasks));

async function writeTables(
  dataset: Dataset,
  runtime: Runtime,
  { workspace, formats = formatsOf(dataset, runtime.formats), locate }: BuildOptions,
  check: (tasks: TableTasks) => Promise<TablesResult>,
): Promise<Built> {
  const files = await FormatFiles.open(dataset, formats, workspace);
  const encoding: Encoding = { encoders: encodersOf(formats), write: (plan, parts) => files.write(plan, parts) };
  const checked = await check({ encodings: [encoding], locate });
  return { ...checked, artifacts: await files.close() };
}

/** Checks a dataset and writes the files of its tables in the same pass. */
export async function buildDataset(
  source: Source,
  runtime: Runtime,
  { folder, ...options }: BuildOptions & { folder?: string | undefined },
): Promise<Checked & { artifacts: Artifact[] }> {
  let artifacts: Artifact[] = [];
  const check = async (read: Dataset): Promise<TablesResult & { dataset: Dataset }> => {
    const dataset = options.formats ? read : await nextFormats(read, source, runtime);
    const { artifacts: made, ...checked } = await buildChecked(dataset, source, runtime, options);
    artifacts = made;
    return { ...checked, dataset };
  };
  return { ...(await checkDataset(source, runtime, { folder, check })), artifacts };
}

export async function writeText(workspace: Pick<Workspace, "create">, name: string, text: string): Promise<Artifact> {
  const writer = await workspace.create(name);
  await writer.write(Buffer.from(text));
  return writer.close();
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const isArchiveFile = (file: { name: string; format: Format }): file is { name: string; format: ArchiveFormat } =>
  file.format.scope === "archive";

function textFile(name: string, text: string): FinishedFile {
  const { bytes, sha256, open } = bodyOf(Buffer.from(text));
  return { name, bytes, sha256, read: open };
}

/** Archives of finished files, each with a package description and a manifest of what it contains. */
async function writeArchives(
  dataset: Dataset,
  release: ReleaseFacts,
  artifacts: readonly Artifact[],
  workspace: Workspace,
  formats: readonly Format[],
): Promise<Artifact[]> {
  const written = filesOf(dataset, formats);
  const finished = artifacts.map((artifact): FinishedFile => {
    const format = written.find(({ name }) => name === artifact.name)?.format.name;
    return { ...artifact, ...(format === undefined ? {} : { format }), read: () => workspace.read(artifact.name) };
  });
  const archives: Artifact[] = [];
  for (const file of written.filter(isArchiveFile)) {
    const contained = finished.filter((each) => file.format.contains(each));
    const description = textFile("datapackage.json", json(datapackage(dataset, release, contained, formats)));
    const manifest = textFile("SHA256SUMS", manifestText([...contained, description]));
    archives.push(await writeArchive(file, [...contained, description, manifest], workspace));
  }
  return archives;
}

/** The files of the tables of a release, and where they are. */
export interface BuiltTables {
  tables: readonly Artifact[];
  workspace: Workspace;
  /** The formats that are known; those of the dataset are written. Default: all of this package. */
  formats?: readonly Format[] | undefined;
}

/** What a release says of itself, and what it takes from the release before. */
export type UnfinishedRelease = ReleaseFacts & { icebergBefore?: IcebergTables | undefined };

/** Adds the documents of a release, its archives and the manifest; returns every file. */
export async function finishRelease(
  dataset: Dataset,
  { icebergBefore, ...release }: UnfinishedRelease,
  { tables, workspace, formats: known }: BuiltTables,
): Promise<Artifact[]> {
  const formats = formatsOf(dataset, known);
  const { version, commit, generator } = release;
  const iceberg = nextIcebergTables(icebergBefore, formats.includes(parquet) ? dataset.plans : []);
  const released = { dataset: dataset.metadata.name, commit, generator, iceberg, ...(version === undefined ? {} : { version }) };
  const artifacts = await finishFiles(tables, filesOf(dataset, formats), released, workspace);
  artifacts.push(await writeText(workspace, "schema.json", json(dataset.schema)));
  artifacts.push(await writeText(workspace, "README.md", readmeFile(dataset, release, formats)));
  artifacts.push(await writeText(workspace, "LICENSE", licenseFile(dataset)));
  artifacts.push(await writeText(workspace, "CITATION.cff", citationFile(dataset, release)));
  artifacts.push(...(await writeArchives(dataset, release, artifacts, workspace, formats)));
  artifacts.push(await writeText(workspace, "datapackage.json", json(datapackage(dataset, { ...release, iceberg }, artifacts, formats))));
  artifacts.push(await writeText(workspace, "SHA256SUMS", manifestText(artifacts)));
  return artifacts;
}
