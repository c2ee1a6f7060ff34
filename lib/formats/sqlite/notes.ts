export const SQLITE_README = [
  "The SQLite file (for SQLite 3.37 or newer) holds all tables with types, primary and foreign keys, indexes, the data dictionary",
  "(`data_dictionary`) and what this release is (`dataset_info`). True and false are 1 and 0, dates are text, lists are JSON: `json_each`",
  "reads them.",
];
