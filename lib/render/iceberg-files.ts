import { FIRST_FORMATS } from "../contract/first-formats.ts";
import type { IcebergColumns, IcebergTables } from "../formats/parquet/iceberg-tables.ts";
import { footerLength, type ParquetFooter, readFooter, TAIL_BYTES } from "../formats/parquet/read-footer.ts";
import { ThriftError } from "../formats/parquet/read-thrift.ts";
import { columnMetrics } from "../iceberg/column-metrics.ts";
import { withIcebergSchema } from "../iceberg/iceberg-schema.ts";
import { type DataFile, manifestFile, manifestListFile } from "../iceberg/manifest-file.ts";
import { icebergSnapshotId, knownTableHistory, type TableHistory, tableMetadata } from "../iceberg/table-metadata.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Store } from "../ports/ports.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { removedReason } from "../release/withdrawn-reason.ts";
import type { Site } from "./site.ts";

type Stored = Pick<Store, "get" | "read">;

/** Where the tables of a dataset lie, and the address of the store that they name in full. */
interface Place {
  folder: string;
  base: string;
}

const placesOf = ({ url, bucket }: Site): Place[] => [
  ...(url === undefined ? [] : [{ folder: "iceberg", base: url }]),
  ...(bucket === undefined ? [] : [{ folder: "iceberg-s3", base: bucket }]),
];

/** Whether an object is a file of an Iceberg table. */
export const isIcebergKey = (key: string): boolean => /^[^/]+\/iceberg(-s3)?\/[^/]+\/metadata\/[^/]+$/.test(key);

/** As much of `datapackage.json` as tables are made from. */
interface Package {
  iceberg?: IcebergTables;
  resources: { path: string; bytes: number }[];
}

async function packageOf(store: Stored, { dataset }: Catalogue, { version }: CatalogueEntry): Promise<Package> {
  const key = `${dataset}/${version}/datapackage.json`;
  const stored = await store.get(key);
  if (!stored) throw new DamagedFileError(`${key} is missing`);
  return readStoredPackage<Package>(key, stored.bytes);
}

const hasParquet = ({ formats = FIRST_FORMATS }: CatalogueEntry): boolean => formats.includes("parquet");

/** A table of a dataset in one place. */
export interface IcebergTable {
  name: string;
  location: string;
  base: string;
  /** Key of the metadata that is replaced with every release. */
  metadataKey: string;
  /** Below its folder, as a key. */
  key(file: string): string;
}

/** Every table that ever had a Parquet file; none where the site has no address, which tables need. */
export async function icebergTables(store: Stored, catalogue: Catalogue, site: Site): Promise<IcebergTable[]> {
  const [newest] = catalogue.releases;
  const places = placesOf(site);
  if (!newest || places.length === 0 || !catalogue.releases.some(hasParquet)) return [];
  const names = Object.keys((await packageOf(store, catalogue, newest)).iceberg ?? {});
  return places.flatMap(({ folder, base }) =>
    names.map((name) => {
      const path = `${catalogue.dataset}/${folder}/${name}`;
      const key = (file: string): string => `${path}/metadata/${file}`;
      return { name, base, location: `${base}/${path}`, key, metadataKey: key("v1.metadata.json") };
    }),
  );
}

/** Most footers lie within so many bytes at the end of a file. */
const FOOTER_BYTES = 64 * 1024;

async function bytesOf(store: Stored, key: string, start: number, end: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of store.read(key, { start, end })) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  if (bytes.length !== end - start) throw new DamagedFileError(`${key} has another length than datapackage.json says`);
  return bytes;
}

async function footerOf(store: Stored, key: string, size: number): Promise<ParquetFooter> {
  const tail = await bytesOf(store, key, Math.max(0, size - FOOTER_BYTES), size);
  const length = footerLength(tail);
  if (length === undefined || length + TAIL_BYTES > size) throw new DamagedFileError(`${key} is no Parquet file`);
  const end = size - TAIL_BYTES;
  const isWhole = length + TAIL_BYTES <= tail.length;
  const footer = isWhole ? tail.subarray(-(length + TAIL_BYTES), -TAIL_BYTES) : await bytesOf(store, key, end - length, end);
  try {
    return readFooter(footer);
  } catch (error) {
    if (error instanceof ThriftError) throw new DamagedFileError(`${key} has a damaged footer: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A release of a table. */
interface TableRelease {
  entry: CatalogueEntry;
  sequence: number;
  columns: IcebergColumns;
  /** Undefined where the release was removed: it has a schema, and no snapshot. */
  file: { path: string; bytes: number; footer: ParquetFooter } | undefined;
}

/** The tables with a Parquet file in a release. */
async function tablesIn(store: Stored, catalogue: Catalogue, entry: CatalogueEntry, sequence: number): Promise<Map<string, TableRelease>> {
  const found = new Map<string, TableRelease>();
  if (!hasParquet(entry)) return found;
  const { iceberg = {}, resources } = await packageOf(store, catalogue, entry);
  const isRemoved = removedReason(catalogue, entry.version) !== undefined;
  for (const [name, columns] of Object.entries(iceberg)) {
    const resource = resources.find(({ path }) => path === `${name}.parquet`);
    if (columns.fields.length === 0 || !resource) continue;
    const path = `${catalogue.dataset}/${entry.version}/${resource.path}`;
    const file = isRemoved ? undefined : { path, bytes: resource.bytes, footer: await footerOf(store, path, resource.bytes) };
    found.set(name, { entry, sequence, columns, file });
  }
  return found;
}

/** Dates of a catalogue never decrease; releases of a folder without git may have none. */
const timestampOf = ({ date }: CatalogueEntry, before: number): number => (date === null ? before : Date.parse(date));

/** The files of a snapshot, and the history with it. */
function addRelease(
  { name, base, key }: IcebergTable,
  history: TableHistory,
  { entry, sequence, columns, file }: TableRelease,
): { history: TableHistory; files: [key: string, bytes: Buffer][] } {
  const { version } = entry;
  const { schemas, schemaId } = withIcebergSchema(history.schemas, columns);
  if (!file) return { history: { ...history, schemas }, files: [] };
  const snapshot = { id: icebergSnapshotId(name, entry.manifest), sequence, schemaId };
  const { records } = file.footer;
  const data: DataFile = { url: `${base}/${file.path}`, bytes: file.bytes, records, metrics: columnMetrics(columns.fields, file.footer) };
  // Named after what they hold: they may be cached for ever.
  const named = (kind: string, bytes: Buffer): string => key(`${version}-${kind}-${sha256(bytes).slice(0, 16)}.avro`);
  const manifest = manifestFile(snapshot, columns, data);
  const manifestKey = named("manifest", manifest);
  const list = manifestListFile(snapshot, { url: `${base}/${manifestKey}`, bytes: manifest.length }, records);
  const listKey = named("snapshot", list);
  const added = {
    "snapshot-id": snapshot.id,
    "sequence-number": sequence,
    "timestamp-ms": timestampOf(entry, history.snapshots.at(-1)?.["timestamp-ms"] ?? 0),
    "manifest-list": `${base}/${listKey}`,
    summary: {
      operation: "overwrite",
      "total-records": String(records),
      "total-files-size": String(file.bytes),
      "factpress.version": version,
    },
    "schema-id": schemaId,
  };
  return {
    history: { schemas, snapshots: [...history.snapshots, added] },
    files: [
      [manifestKey, manifest],
      [listKey, list],
    ],
  };
}

/** Readers of tables without a catalogue look for `v<hint>.metadata.json`: it is always this one, and replaced. */
const HINT = "1";

/**
 * The files of Iceberg tables: Avro files first, which never change, then the metadata that names them. `previous` gives the metadata that
 * is replaced: what it says of earlier releases is taken from there, so that only new releases are read.
 */
export async function* icebergFiles(
  store: Stored,
  catalogue: Catalogue,
  tables: readonly IcebergTable[],
  previous: (key: string) => Uint8Array | undefined = () => undefined,
): AsyncGenerator<[key: string, bytes: Uint8Array]> {
  const open = tables.map((table) => {
    return { table, ...knownTableHistory(previous(table.metadataKey), table.location, catalogue) };
  });
  const entries = [...catalogue.releases].reverse();
  const first = Math.min(...open.map(({ releases }) => releases));
  for (const [i, entry] of entries.entries()) {
    if (i < first) continue;
    const found = await tablesIn(store, catalogue, entry, i + 1);
    for (const one of open) {
      const release = found.get(one.table.name);
      if (!release || i < one.releases) continue;
      const { history, files } = addRelease(one.table, one.history, release);
      one.history = history;
      yield* files;
    }
  }
  for (const { table, history } of open) {
    yield [table.key("version-hint.text"), Buffer.from(HINT)];
    yield [table.metadataKey, Buffer.from(tableMetadata(table.location, catalogue, history))];
  }
}
