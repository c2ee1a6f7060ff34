/** In an URL there is nothing that a shell reads otherwise. */
const address = (url: string): string => url.replace(/["'\\\s$`]/g, encodeURIComponent);
const fileOf = (url: string): string => address(url).replace(/^.*\//, "");

/** Fetches the database and shows the first rows of a table. The names of tables are words. */
export const sqliteCode = (table: string, url: string): string =>
  [
    `curl -fLO ${address(url)}`,
    `sqlite3 -header ${fileOf(url)} 'SELECT * FROM "${table}" LIMIT 5'`,
    "# The same in a browser:",
    `# datasette ${fileOf(url)}`,
  ].join("\n");
