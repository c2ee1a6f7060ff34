import { type Checked, checkDataset } from "../check/check-dataset.ts";
import { runSqlChecks } from "../check/run-sql-checks.ts";
import type { TablesResult } from "../check/run-tables.ts";
import type { Encoding, TableTasks } from "../check/table-encodings.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import type { Format } from "../formats/format.ts";
import type { IcebergTables } from "../formats/iceberg-columns.ts";
import type { Artifact, Source, Workspace } from "../ports/ports.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { ReleaseFacts } from "../release/datapackage.ts";
import { CellCounting } from "./cell-counting.ts";
import { formatEncoders } from "./format-encoders.ts";
import { FormatFiles, type FormatWorkspace } from "./format-files.ts";
import { nextFormats } from "./next-formats.ts";

interface BuildOptions {
  workspace: FormatWorkspace;
  /** Default: all formats of the dataset. */
  formats?: readonly Format[] | undefined;
  locate?: TableTasks["locate"];
}

export type Built = TablesResult & { artifacts: Artifact[] };

/** Checks the records of a dataset and writes the files of its tables in the same pass. Runs its views, but not its SQL checks. */
export const buildDatasetTables = (read: ReadableDataset, options: BuildOptions): Promise<Built> =>
  writeTables(read, options, (tasks) => runSqlChecks({ ...read, dataset: { ...read.dataset, checks: [] } }, tasks));

/** Like `buildDatasetTables`, with the SQL checks of the dataset. */
export const buildCheckedDataset = (read: ReadableDataset, options: BuildOptions): Promise<Built> =>
  writeTables(read, options, (tasks) => runSqlChecks(read, tasks));

async function writeTables(
  { dataset, runtime }: ReadableDataset,
  { workspace, formats = datasetFormats(dataset, runtime.formats), locate }: BuildOptions,
  check: (tasks: TableTasks) => Promise<TablesResult>,
): Promise<Built> {
  const files = await FormatFiles.open(dataset, formats, workspace, runtime.startWriter);
  const encoding: Encoding = { encoders: formatEncoders(formats), write: (plan, parts) => files.write(plan, parts) };
  const { countedTables } = runtime;
  const counting = countedTables && new CellCounting();
  try {
    const checked = await check({ encodings: counting ? [encoding, counting] : [encoding], locate });
    const artifacts = await files.close();
    if (countedTables && checked.problemCount === 0) counting?.finish(artifacts, countedTables);
    return { ...checked, artifacts };
  } catch (error) {
    await files.abort();
    throw error;
  }
}

/** Checks a dataset and writes the files of its tables in the same pass. */
export async function buildDataset(
  source: Source,
  runtime: Runtime,
  { folder, ...options }: BuildOptions & { folder?: string | undefined },
): Promise<Checked & { artifacts: Artifact[] }> {
  let artifacts: Artifact[] = [];
  const check = async (read: Dataset): Promise<TablesResult & { dataset: Dataset }> => {
    const dataset = options.formats ? read : await nextFormats({ dataset: read, source, runtime });
    const { artifacts: written, ...checked } = await buildCheckedDataset({ dataset, source, runtime }, options);
    artifacts = written;
    return { ...checked, dataset };
  };
  return { ...(await checkDataset(source, runtime, { folder, check })), artifacts };
}

/** The files of the tables of a release, and their workspace. */
export interface BuiltTables {
  tables: readonly Artifact[];
  workspace: Workspace;
  /** Known formats; those of the dataset are written. Default: all of this package. */
  formats?: readonly Format[] | undefined;
}

/** The metadata of a release, and the column ids of the previous release. */
export type UnfinishedRelease = ReleaseFacts & { icebergBefore?: IcebergTables | undefined };
