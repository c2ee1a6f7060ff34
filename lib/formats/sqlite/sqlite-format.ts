import type { DatasetFormat } from "../format.ts";
import { SQLITE_README } from "./notes.ts";
import { sqliteChanges } from "./sqlite-changes.ts";
import { sqliteCode } from "./sqlite-code.ts";

/** All tables in one database, for SQL, Datasette and pandas. */
export const sqliteFormat: DatasetFormat = {
  name: "sqlite",
  extension: "sqlite",
  mediaType: "application/vnd.sqlite3",
  isText: false,
  isCompressedByCdn: false,
  label: "SQLite",
  isForSmallOnly: true,
  hasInt64: true,
  isFeatured: true,
  scope: "dataset",
  encoder: { name: "sqlite", load: () => import("./encoder.ts") },
  caption: "All tables in one database, with keys, indexes and the data dictionary",
  changes: sqliteChanges,
  resource: { title: "All tables as an SQLite database" },
  readme: () => SQLITE_README,
  snippets: (table) => [{ id: "sqlite", name: "SQLite", code: (url) => sqliteCode(table, url) }],
  async open(dataset, output) {
    // Loaded here, so that only builds load it.
    const { DatabaseWriter } = await import("./database-writer.ts");
    return new DatabaseWriter(dataset, output);
  },
  async finish(dataset, unfinished, release, output) {
    const { finishDatabase } = await import("./finish-database.ts");
    await finishDatabase(dataset, unfinished, release, output);
  },
};
