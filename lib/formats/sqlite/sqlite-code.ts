import { codeAddress } from "../code-address.ts";
import { quotedName } from "../quoted-name.ts";
import { sqliteName } from "./sqlite-name.ts";

const fileOf = (url: string): string => codeAddress(url).replace(/^.*\//, "");

/** Quotes a text for a shell. */
const shellText = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Downloads the database and shows the first rows of a table. */
export const sqliteCode = (table: string, url: string): string =>
  [
    `curl -fLO ${codeAddress(url)}`,
    `sqlite3 -header ${fileOf(url)} ${shellText(`SELECT * FROM ${quotedName(sqliteName(table))} LIMIT 5`)}`,
    "# The same in a browser:",
    `# datasette ${fileOf(url)}`,
  ].join("\n");
