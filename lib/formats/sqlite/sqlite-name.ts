/** The name of a table or column in the database: SQLite keeps some for itself. */
export const sqliteName = (name: string): string => (/^sqlite_/i.test(name) ? `_${name}` : name);
