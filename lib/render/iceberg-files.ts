import { columnMetrics } from "../iceberg/column-metrics.ts";
import { withIcebergSchema } from "../iceberg/iceberg-schema.ts";
import { icebergSnapshotId } from "../iceberg/iceberg-snapshot-id.ts";
import { type DataFile, manifestFile, manifestListFile } from "../iceberg/manifest-file.ts";
import { type TableHistory, tableMetadata, tableMetadataHistory } from "../iceberg/table-metadata.ts";
import type { Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import type { Site } from "./site.ts";
import { type TableRelease, TableReleases } from "./table-releases.ts";

/** A folder of Iceberg tables, and the absolute base address in their metadata. */
interface TableFolder {
  folder: string;
  base: string;
}

const tableFolders = ({ url, bucket }: Site): TableFolder[] => [
  ...(url === undefined ? [] : [{ folder: "iceberg", base: url }]),
  ...(bucket === undefined ? [] : [{ folder: "iceberg-s3", base: bucket }]),
];

/** Whether an object is a file of an Iceberg table. */
export const isIcebergObjectKey = (key: string): boolean => /^[^/]+\/iceberg(-s3)?\/[^/]+\/metadata\/[^/]+$/.test(key);

/** A table of a dataset in one folder. */
export interface IcebergTable {
  name: string;
  location: string;
  base: string;
  /** Key of the metadata, which every release replaces. */
  metadataKey: string;
  /** The key of a file of the table. */
  key(file: string): string;
}

/** Dates in a catalogue never decrease, and may be missing for releases from a folder without git. */
const timestampOf = ({ date }: CatalogueEntry, before: number): number => (date === null ? before : Date.parse(date));

/** Adds a release to the history of a table. Returns the history and the files of the release's snapshot. */
function addRelease(
  { name, base, key }: IcebergTable,
  history: TableHistory,
  { entry, sequence, columns, file }: TableRelease,
): { history: TableHistory; files: [key: string, bytes: Buffer][] } {
  const { version } = entry;
  const { schemas, schemaId } = withIcebergSchema(history.schemas, columns);
  if (!file) return { history: { ...history, schemas }, files: [] };
  const snapshot = { id: icebergSnapshotId(name, entry.manifest), sequence, schemaId };
  const { records } = file.statistics;
  const data: DataFile = {
    url: `${base}/${file.path}`,
    bytes: file.bytes,
    records,
    metrics: columnMetrics(columns.fields, file.statistics),
  };
  // Names contain a hash of the content, because these files are cached forever.
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

/** Readers without a catalogue look for `v<hint>.metadata.json`. The hint never changes. */
const HINT = "1";

/** The Iceberg tables of a dataset, and their files. */
export class IcebergFiles {
  readonly #catalogue: Catalogue;
  readonly #folders: readonly TableFolder[];
  readonly #releases: TableReleases;

  constructor(store: Pick<Store, "get" | "read">, catalogue: Catalogue, site: Site) {
    this.#catalogue = catalogue;
    this.#folders = tableFolders(site);
    this.#releases = new TableReleases(store, catalogue);
  }

  /** Every table that ever had a Parquet file; empty if the site has no address, which tables need. */
  async tables(): Promise<IcebergTable[]> {
    if (this.#folders.length === 0) return [];
    const names = await this.#releases.names();
    return this.#folders.flatMap(({ folder, base }) =>
      names.map((name) => {
        const path = `${this.#catalogue.dataset}/${folder}/${name}`;
        const key = (file: string): string => `${path}/metadata/${file}`;
        return { name, base, location: `${base}/${path}`, key, metadataKey: key("v1.metadata.json") };
      }),
    );
  }

  /**
   * The files of tables: first the Avro files, which are immutable, then the metadata that refers to them. `previous` returns the current
   * metadata, from which earlier releases are copied, so that only new releases are read.
   */
  async *files(
    tables: readonly IcebergTable[],
    previous: (key: string) => Uint8Array | undefined = () => undefined,
  ): AsyncGenerator<[key: string, bytes: Uint8Array]> {
    const open = tables.map((table) => ({ table, ...tableMetadataHistory(previous(table.metadataKey), table.location, this.#catalogue) }));
    const entries = [...this.#catalogue.releases].reverse();
    const first = Math.min(...open.map(({ releases }) => releases));
    for (const [i, entry] of entries.entries()) {
      if (i < first) continue;
      const found = await this.#releases.read(entry, i + 1);
      for (const current of open) {
        const release = found.get(current.table.name);
        if (!release || i < current.releases) continue;
        const { history, files } = addRelease(current.table, current.history, release);
        current.history = history;
        yield* files;
      }
    }
    for (const { table, history } of open) {
      yield [table.key("version-hint.text"), Buffer.from(HINT)];
      yield [table.metadataKey, Buffer.from(tableMetadata(table.location, this.#catalogue, history))];
    }
  }
}
