/** The name of a table or column in the database. SQLite reserves names that start with `sqlite_`. */
export const sqliteName = (name: string): string => (/^sqlite_/i.test(name) ? `_${name}` : name);
