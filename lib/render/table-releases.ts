import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { PACKAGE_FILE } from "../contract/release-files.ts";
import { DamagedFormatError } from "../formats/damaged-format-error.ts";
import type { FileStatistics } from "../formats/format.ts";
import { ICEBERG_FORMAT } from "../formats/formats.ts";
import type { IcebergColumns, IcebergTables } from "../formats/iceberg-columns.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Store } from "../ports/ports.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import { readWhole } from "../ports/read-whole.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { removedReason } from "../release/removed-reason.ts";

/** The part of `datapackage.json` that Iceberg tables are derived from. */
interface StoredPackage {
  iceberg?: IcebergTables;
  resources: { path: string; bytes: number }[];
}

/** A table of one release. */
export interface TableRelease {
  entry: CatalogueEntry;
  sequence: number;
  columns: IcebergColumns;
  /** Undefined if the release was removed: it has a schema but no snapshot. */
  file: { path: string; bytes: number; statistics: FileStatistics } | undefined;
}

const hasIcebergFiles = ({ formats = FIRST_FORMATS }: CatalogueEntry): boolean => formats.includes(ICEBERG_FORMAT.name);

/** Reads the statistics of the data files of Iceberg tables, in the releases of a dataset. */
export class TableReleases {
  readonly #store: Pick<Store, "get" | "read">;
  readonly #catalogue: Catalogue;

  constructor(store: Pick<Store, "get" | "read">, catalogue: Catalogue) {
    this.#store = store;
    this.#catalogue = catalogue;
  }

  /** The names of all tables that ever had a data file. */
  async names(): Promise<string[]> {
    const [newest] = this.#catalogue.releases;
    if (!newest || !this.#catalogue.releases.some(hasIcebergFiles)) return [];
    return Object.keys((await this.#package(newest)).iceberg ?? {});
  }

  /** The tables of a release that have a data file, by name. */
  async read(entry: CatalogueEntry, sequence: number): Promise<Map<string, TableRelease>> {
    const found = new Map<string, TableRelease>();
    if (!hasIcebergFiles(entry)) return found;
    const { iceberg = {}, resources } = await this.#package(entry);
    const isRemoved = removedReason(this.#catalogue, entry.version) !== undefined;
    for (const [name, columns] of Object.entries(iceberg)) {
      const resource = resources.find(({ path }) => path === `${name}.${ICEBERG_FORMAT.extension}`);
      if (columns.fields.length === 0 || !resource) continue;
      const path = `${this.#catalogue.dataset}/${entry.version}/${resource.path}`;
      const file = isRemoved ? undefined : { path, bytes: resource.bytes, statistics: await this.#statistics(path, resource.bytes) };
      found.set(name, { entry, sequence, columns, file });
    }
    return found;
  }

  async #package({ version }: CatalogueEntry): Promise<StoredPackage> {
    const key = `${this.#catalogue.dataset}/${version}/${PACKAGE_FILE}`;
    const stored = await this.#store.get(key);
    if (!stored) throw new DamagedFileError(`${key} is missing`);
    return readStoredPackage<StoredPackage>(key, stored.bytes);
  }

  async #statistics(key: string, bytes: number): Promise<FileStatistics> {
    try {
      return await ICEBERG_FORMAT.readStatistics({ bytes, slice: (start, end) => this.#bytes(key, start, end) });
    } catch (error) {
      if (error instanceof DamagedFormatError) throw new DamagedFileError(`${key} ${error.message}`, { cause: error });
      throw error;
    }
  }

  async #bytes(key: string, start: number, end: number): Promise<Buffer> {
    const bytes = await readWhole(this.#store.read(key, { start, end }));
    if (bytes.length !== end - start) throw new DamagedFileError(`${key} has a different length than in datapackage.json`);
    return bytes;
  }
}
