import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { PACKAGE_FILE } from "../contract/release-files.ts";
import type { IcebergColumns, IcebergTables } from "../formats/iceberg-tables.ts";
import { parquetFormat } from "../formats/parquet/parquet-format.ts";
import { type ParquetFooter, readFooter, readFooterLength, TAIL_BYTES } from "../formats/parquet/read-footer.ts";
import { ThriftError } from "../formats/parquet/read-thrift.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Store } from "../ports/ports.ts";
import { readStoredPackage } from "../ports/read-stored.ts";
import { readWhole } from "../ports/read-whole.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import { removedReason } from "../release/removed-reason.ts";

/** The fields of `datapackage.json` that Iceberg tables are derived from. */
interface Package {
  iceberg?: IcebergTables;
  resources: { path: string; bytes: number }[];
}

/** A table of one release. */
export interface TableRelease {
  entry: CatalogueEntry;
  sequence: number;
  columns: IcebergColumns;
  /** Undefined if the release was removed: then it has a schema, but no snapshot. */
  file: { path: string; bytes: number; footer: ParquetFooter } | undefined;
}

/** Bytes read from the end of a file: most footers fit. */
const FOOTER_BYTES = 64 * 1024;

const hasParquet = ({ formats = FIRST_FORMATS }: CatalogueEntry): boolean => formats.includes(parquetFormat.name);

/** Reads the Parquet footers of a dataset's releases. */
export class TableReleases {
  readonly #store: Pick<Store, "get" | "read">;
  readonly #catalogue: Catalogue;

  constructor(store: Pick<Store, "get" | "read">, catalogue: Catalogue) {
    this.#store = store;
    this.#catalogue = catalogue;
  }

  /** The names of all tables that ever had a Parquet file. */
  async names(): Promise<string[]> {
    const [newest] = this.#catalogue.releases;
    if (!newest || !this.#catalogue.releases.some(hasParquet)) return [];
    return Object.keys((await this.#package(newest)).iceberg ?? {});
  }

  /** The tables that have a Parquet file in a release, by name. */
  async read(entry: CatalogueEntry, sequence: number): Promise<Map<string, TableRelease>> {
    const found = new Map<string, TableRelease>();
    if (!hasParquet(entry)) return found;
    const { iceberg = {}, resources } = await this.#package(entry);
    const isRemoved = removedReason(this.#catalogue, entry.version) !== undefined;
    for (const [name, columns] of Object.entries(iceberg)) {
      const resource = resources.find(({ path }) => path === `${name}.${parquetFormat.extension}`);
      if (columns.fields.length === 0 || !resource) continue;
      const path = `${this.#catalogue.dataset}/${entry.version}/${resource.path}`;
      const file = isRemoved ? undefined : { path, bytes: resource.bytes, footer: await this.#footer(path, resource.bytes) };
      found.set(name, { entry, sequence, columns, file });
    }
    return found;
  }

  async #package({ version }: CatalogueEntry): Promise<Package> {
    const key = `${this.#catalogue.dataset}/${version}/${PACKAGE_FILE}`;
    const stored = await this.#store.get(key);
    if (!stored) throw new DamagedFileError(`${key} is missing`);
    return readStoredPackage<Package>(key, stored.bytes);
  }

  async #footer(key: string, size: number): Promise<ParquetFooter> {
    const tail = await this.#bytes(key, Math.max(0, size - FOOTER_BYTES), size);
    const length = readFooterLength(tail);
    if (length === undefined || length + TAIL_BYTES > size) throw new DamagedFileError(`${key} is not a Parquet file`);
    const end = size - TAIL_BYTES;
    const isWhole = length + TAIL_BYTES <= tail.length;
    const footer = isWhole ? tail.subarray(-(length + TAIL_BYTES), -TAIL_BYTES) : await this.#bytes(key, end - length, end);
    try {
      return readFooter(footer);
    } catch (error) {
      if (error instanceof ThriftError) throw new DamagedFileError(`${key} has a damaged footer: ${error.message}`, { cause: error });
      throw error;
    }
  }

  async #bytes(key: string, start: number, end: number): Promise<Buffer> {
    const bytes = await readWhole(this.#store.read(key, { start, end }));
    if (bytes.length !== end - start) throw new DamagedFileError(`${key} has a different length than in datapackage.json`);
    return bytes;
  }
}
