import { readDataset } from "../check/read-dataset.ts";
import { SCHEMA_FILE } from "../contract/dataset-files.ts";
import { CITATION_FILE, LICENSE_FILE, PACKAGE_FILE, README_FILE } from "../contract/release-files.ts";
import { checkSchema } from "../dataset/check-schema.ts";
import type { Dataset, OpenDatasetOptions } from "../dataset/dataset.ts";
import { type Metadata, OPTIONAL_METADATA } from "../dataset/metadata.ts";
import { undecidedProblem } from "../diagnostics/undecided-problem.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import type { Format } from "../formats/format.ts";
import { RECORDS_FORMAT } from "../formats/formats.ts";
import { formatsAmong } from "../formats/formats-among.ts";
import { listFormatFiles } from "../formats/list-format-files.ts";
import { recordsFile } from "../formats/records-file.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { ReleaseFolder, Source, Workspace } from "../ports/ports.ts";
import { readStoredPackage, readStoredTables } from "../ports/read-stored.ts";
import type { Runtime } from "../ports/runtime.ts";
import { sha256 } from "../ports/sha256.ts";
import { datapackage } from "../release/datapackage.ts";
import type { RecordsPolicy } from "../release/difference.ts";
import { licenseFile } from "../release/license-file.ts";
import type { Package, ReleaseShape } from "../release/shape-changes.ts";
import type { Schema } from "../schema/schema.ts";
import { planTable, type TablePlan } from "../schema/table-plan.ts";
import { buildDatasetTables } from "./build-dataset.ts";
import { IncompleteCheckError } from "./incomplete-check-error.ts";

export const NO_RELEASE = { commit: null, date: null, previous: null, generator: "" };

/** One side of a comparison: a release, or a dataset before its release. */
export interface ReleaseSide {
  shape: ReleaseShape;
  license: string;
  /** The records of a table, as NDJSON. */
  read(table: string): AsyncIterable<Uint8Array>;
  /** Names of its formats; undefined if only the catalogue would know them, and it is not available. */
  formats: readonly string[] | undefined;
}

export const releasePlans = (schema: Schema, layout?: number): TablePlan[] =>
  Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema, layout));

export const releaseRecordsPolicy = (side: ReleaseSide): RecordsPolicy => side.shape.package.records ?? "stay";

/** A published release. Throws if a file is missing or damaged. */
export async function releaseSide(folder: ReleaseFolder, what: string): Promise<ReleaseSide> {
  const text = async (name: string): Promise<string> => {
    const bytes = await folder.bytes(name);
    if (!bytes) throw new DamagedFileError(`${what}/${name} is missing`);
    return Buffer.from(bytes).toString("utf8");
  };
  const bytes = async (name: string): Promise<Uint8Array> => Buffer.from(await text(name));
  const shape = {
    package: readStoredPackage<Package>(`${what}/${PACKAGE_FILE}`, await bytes(PACKAGE_FILE)),
    schema: readStoredTables(`${what}/${SCHEMA_FILE}`, await bytes(SCHEMA_FILE)),
  };
  // The folder is not trusted: names of tables become names of files.
  const [problem] = checkSchema(shape.schema);
  if (problem) throw new DamagedFileError(`${what} is not a release: ${problem.message}`);
  return {
    shape,
    license: await text(LICENSE_FILE),
    formats: formatsAmong(releaseAsDataset(shape), new Set(shape.package.resources.map(({ path }) => path))),
    read: (table) => folder.read(recordsFile(table)),
  };
}

/** The only formats that comparisons read. */
export const COMPARED_FORMATS: readonly Format[] = [RECORDS_FORMAT];

/** A dataset that has no version yet. The workspace contains its records, at least in the formats that comparisons read. */
export function builtSide(dataset: Dataset, runtime: Runtime, workspace: Workspace): ReleaseSide {
  const license = licenseFile(dataset);
  const formatFiles = listFormatFiles(dataset, runtime.formats).map(({ name }) => name);
  const files = [
    ...[...formatFiles, SCHEMA_FILE, README_FILE, CITATION_FILE].map((name) => ({ name, bytes: 0, sha256: "" })),
    { name: LICENSE_FILE, bytes: Buffer.byteLength(license), sha256: sha256(license) },
  ];
  return {
    shape: {
      package: JSON.parse(JSON.stringify(datapackage(dataset, NO_RELEASE, files, datasetFormats(dataset, runtime.formats)))) as Package,
      schema: dataset.schema,
    },
    license,
    formats: dataset.formats,
    read: (table) => workspace.read(recordsFile(table)),
  };
}

/** Builds the tables of a source to compare them; undefined if it is not valid by `rules`. Throws `IncompleteCheckError`. */
export async function sourceSide(
  source: Source,
  runtime: Runtime,
  workspace: Workspace,
  rules: Omit<OpenDatasetOptions, "formats"> = {},
): Promise<(ReleaseSide & { dataset: Dataset }) | undefined> {
  const read = await readDataset(source, undefined, rules);
  const { dataset } = read;
  const { problems } = dataset ? await buildDatasetTables({ dataset, source, runtime }, { workspace, formats: COMPARED_FORMATS }) : read;
  const undecided = undecidedProblem(problems);
  if (undecided) throw new IncompleteCheckError(undecided);
  return dataset && problems.length === 0 ? { dataset, ...builtSide(dataset, runtime, workspace) } : undefined;
}

/** The published part of a release's metadata. */
export function releaseMetadata(found: Package): Metadata {
  const { records, ...described } = releaseMetadataProperties(found);
  return { ...(described as unknown as Metadata), ...(records === "may-go" ? { release: { records } } : {}) };
}

/** The parts of a dataset that determine the names of a release's files. */
export const releaseAsDataset = ({ package: { name }, schema }: ReleaseShape) => ({
  metadata: { name: String(name) },
  plans: releasePlans(schema),
});

/** The properties of a data package that come from `dataset.json`. */
const METADATA = ["name", "title", "description", "licenses", ...OPTIONAL_METADATA, "records"] as const;

export const releaseMetadataProperties = (found: Package): Record<string, unknown> =>
  Object.fromEntries(METADATA.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])));
