import { readDataset } from "../check/check-dataset.ts";
import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { checkSchema } from "../dataset/check-schema.ts";
import type { Dataset } from "../dataset/dataset.ts";
import type { Metadata } from "../dataset/metadata.ts";
import type { Format } from "../formats/format.ts";
import { filesOf, formatsAmong, formatsOf } from "../formats/formats.ts";
import { ndjson, recordsFile } from "../formats/ndjson/format.ts";
import { sha256 } from "../ports/body-of.ts";
import type { ReleaseFolder, Source, Workspace } from "../ports/ports.ts";
import { DamagedFileError, readPackage, readTables } from "../ports/read-stored.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { ChangesHead } from "../release/changes-file.ts";
import { datapackage } from "../release/datapackage.ts";
import { type Difference, levelOf, type RecordsPromise } from "../release/difference.ts";
import { licenseFile } from "../release/documents.ts";
import { layoutChange, type Package, type ReleaseShape, shapeChanges } from "../release/shape-changes.ts";
import { planTable, type Schema, type TablePlan } from "../schema/table-plan.ts";
import { buildTables } from "./build-dataset.ts";
import { compareRecords } from "./compare-records.ts";

/** One side of a comparison: a release, or a dataset before its release. */
export interface Side {
  shape: ReleaseShape;
  license: string;
  /** The records of a table, as NDJSON. */
  read(table: string): AsyncIterable<Uint8Array>;
  /** Names of its formats; undefined where a catalogue decides, which is not at hand. */
  formats: readonly string[] | undefined;
}

export const plansOf = (schema: Schema, layout?: number): TablePlan[] =>
  Object.keys(schema.properties ?? {}).map((name) => planTable(name, schema, layout));
export const promiseOf = (side: Side): RecordsPromise => side.shape.package.records ?? "stay";

/** A published release. Throws if a file is missing or damaged. */
export async function releaseSide(folder: ReleaseFolder, what: string): Promise<Side> {
  const text = async (name: string): Promise<string> => {
    const bytes = await folder.bytes(name);
    if (!bytes) throw new DamagedFileError(`${what}/${name} is missing`);
    return Buffer.from(bytes).toString("utf8");
  };
  const bytes = async (name: string): Promise<Uint8Array> => Buffer.from(await text(name));
  const shape = {
    package: readPackage<Package>(`${what}/datapackage.json`, await bytes("datapackage.json")),
    schema: readTables(`${what}/schema.json`, await bytes("schema.json")),
  };
  // The folder is not trusted: names of tables become names of files.
  const [problem] = checkSchema(shape.schema);
  if (problem) throw new DamagedFileError(`${what} is no release: ${problem.message}`);
  return {
    shape,
    license: await text("LICENSE"),
    formats: formatsAmong(namedAfter(shape), new Set(shape.package.resources.map(({ path }) => path))),
    read: (table) => folder.read(recordsFile(table)),
  };
}

const NOWHERE = { commit: null, date: null, previous: null, generator: "" };

/** What is compared is read from these files only. */
export const COMPARED: readonly Format[] = [ndjson];

/** A dataset that has no version yet; the workspace holds its records in the formats that are compared, or in all. */
export function builtSide(dataset: Dataset, runtime: Runtime, workspace: Workspace): Side {
  const license = licenseFile(dataset);
  const formatFiles = filesOf(dataset, runtime.formats).map(({ name }) => name);
  const files = [
    ...[...formatFiles, "schema.json", "README.md", "CITATION.cff"].map((name) => ({ name, bytes: 0, sha256: "" })),
    { name: "LICENSE", bytes: Buffer.byteLength(license), sha256: sha256(license) },
  ];
  return {
    shape: {
      package: JSON.parse(JSON.stringify(datapackage(dataset, NOWHERE, files, formatsOf(dataset, runtime.formats)))) as Package,
      schema: dataset.schema,
    },
    license,
    formats: dataset.formats,
    read: (table) => workspace.read(recordsFile(table)),
  };
}

/** Builds the tables of a source to compare them; undefined where it is no valid dataset. */
export async function sourceSide(
  source: Source,
  runtime: Runtime,
  workspace: Workspace,
  layout?: number,
): Promise<(Side & { dataset: Dataset }) | undefined> {
  const { dataset } = await readDataset(source, undefined, layout);
  if (!dataset) return undefined;
  const { problemCount } = await buildTables(dataset, source, runtime, { workspace, formats: COMPARED });
  return problemCount > 0 ? undefined : { dataset, ...builtSide(dataset, runtime, workspace) };
}

/** What the files of a release are named after. */
const namedAfter = ({ package: { name }, schema }: ReleaseShape) => ({ metadata: { name: String(name) }, plans: plansOf(schema) });

/** A side without the files of other formats. */
function inFormats(side: Side, names: readonly string[]): Side {
  const { shape } = side;
  const others = filesOf(namedAfter(shape)).filter(({ format }) => !names.includes(format.name));
  const resources = shape.package.resources.filter(({ path }) => !others.some(({ name }) => name === path));
  return { ...side, formats: names, shape: { ...shape, package: { ...shape.package, resources } } };
}

/**
 * Two sides with the formats that are known of them. A dataset that names none keeps what its newest release has; without a catalogue,
 * that is taken to be what every release had once.
 */
function inKnownFormats(old: Side, now: Side): [old: Side, now: Side] {
  if (old.formats && !now.formats) return [old, inFormats(now, old.formats)];
  if (now.formats && !old.formats) return [inFormats(old, [...FIRST_FORMATS, ...now.formats]), now];
  return [old, now];
}

/** The shape of a side as it would be in another layout. */
function shapeIn({ shape }: Side, layout: number): ReleaseShape {
  if (shape.package.layout === layout) return shape;
  const dataset = { metadata: metadataOf(shape.package), plans: plansOf(shape.schema, layout) };
  const files = shape.package.resources.map(({ path, hash }) => ({ name: path, bytes: 0, sha256: hash?.replace("sha256:", "") ?? "" }));
  return { schema: shape.schema, package: JSON.parse(JSON.stringify(datapackage(dataset, NOWHERE, files))) as Package };
}

/**
 * The difference between two sides: files and columns, then records by primary key. Both are compared in the layout of `old`;
 * `layoutShows`: the files of `now` differ in its own layout.
 */
export async function compareReleases(older: Side, newer: Side, workspace: Workspace, layoutShows = false): Promise<Difference> {
  const [old, now] = inKnownFormats(older, newer);
  const { layout } = old.shape.package;
  const schema = [
    ...(layoutShows ? [layoutChange(layout, now.shape.package.layout)] : []),
    ...shapeChanges(old.shape, shapeIn(now, layout)),
  ];
  const tables: Difference["tables"] = {};
  for (const plan of plansOf(now.shape.schema))
    if (old.shape.package.resources.some(({ path }) => path === recordsFile(plan.name)))
      tables[plan.name] = await compareRecords(plan, old.read(plan.name), now.read(plan.name), workspace);
    else tables[plan.name] = await compareRecords(plan, nothing(), now.read(plan.name), workspace);
  return { level: levelOf(schema, tables, promiseOf(old)), schema, tables };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The properties of a data package that come from `dataset.json`. */
const METADATA = ["name", "title", "description", "licenses", "contributors", "keywords", "homepage", "records"] as const;

const metadataIn = (found: Package): Record<string, unknown> =>
  Object.fromEntries(METADATA.flatMap((name) => (found[name] === undefined ? [] : [[name, found[name]]])));

/** The metadata of a release, as far as it is published. */
export function metadataOf(found: Package): Metadata {
  const { records, ...described } = metadataIn(found);
  return { ...(described as unknown as Metadata), ...(records === "may-go" ? { release: { records } } : {}) };
}

/** The documents of `now` that are not those of `old`. */
export function changedDocuments(old: Side, now: Side): ChangesHead["documents"] {
  const described = metadataIn(now.shape.package);
  return {
    ...(JSON.stringify(described) === JSON.stringify(metadataIn(old.shape.package)) ? {} : { dataset: described }),
    ...(JSON.stringify(old.shape.schema) === JSON.stringify(now.shape.schema) ? {} : { schema: now.shape.schema }),
    ...(old.license === now.license ? {} : { license: now.license }),
  };
}
