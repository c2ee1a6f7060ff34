import { isLfsPointer } from "../../contract/is-lfs-pointer.ts";

export const SAVE = 'In the spreadsheet: save as "CSV UTF-8".';
const EXPORT = "Open it in the program that made it, and write the table as CSV (UTF-8).";

/** Magic numbers, in hexadecimal, of files that people mistake for CSV; a point stands for any digit. The first match counts. */
const FIRST_BYTES: readonly [bytes: string, what: string, remedy: string][] = [
  ["504b0304", "This is a workbook (or another zip file), not a CSV", SAVE],
  ["d0cf11e0", "This is an old Excel workbook, not a CSV", SAVE],
  ["255044462d", "This is a PDF, not a CSV", "Look for the table that it was made from."],
  ["7b5c727466", "This is RTF, a text with formatting, not a CSV", "Save it as plain text (UTF-8), or the table as CSV."],
  ["1f8b", "This is compressed (gzip)", "Decompress it first: gunzip FILE."],
  ["fd377a585a00", "This is compressed (xz)", "Decompress it first: unxz FILE."],
  ["28b52ffd", "This is compressed (zstd)", "Decompress it first: unzstd FILE."],
  ["377abcaf271c", "This is a 7z archive", "Unpack it first."],
  ["526172211a07", "This is a RAR archive", "Unpack it first."],
  // The headers of a CSV may begin with the letters of these four. The next byte is none of text.
  ["5041523115", "This is a Parquet file, not a CSV", EXPORT],
  ["4152524f57310000", "This is an Arrow file, not a CSV", EXPORT],
  ["4f626a01", "This is an Avro file, not a CSV", EXPORT],
  ["53514c69746520666f726d6174203300", "This is a SQLite database, not a CSV", EXPORT],
  // After the level, one digit.
  ["425a68..314159265359", "This is compressed (bzip2)", "Decompress it first: bunzip2 FILE."],
  ["89504e470d0a1a0a", "This is a picture, not a CSV", "Look for the table that it was made from."],
  ["ffd8ff", "This is a picture, not a CSV", "Look for the table that it was made from."],
  ["894844460d0a1a0a", "This is an HDF5 or NetCDF file, not a CSV", EXPORT],
  ["fffe0000", "This is UTF-32, not UTF-8", SAVE],
  ["0000feff", "This is UTF-32, not UTF-8", SAVE],
  ["fffe", "This is UTF-16, not UTF-8", SAVE],
  ["feff", "This is UTF-16, not UTF-8", SAVE],
];

/** Bytes of the longest of them. */
const MAGIC_BYTES = 16;

/** The same for text files, by how they start. */
const FIRST_TEXT: readonly [start: RegExp | ((text: string) => boolean), what: string, remedy: string][] = [
  [isLfsPointer, "This is a pointer of Git LFS, not the file that it points to", "Fetch that: git lfs pull."],
  [
    /^\s*<(!--|(!doctype|html|head|body|table|script|style|meta|div|tr)\b)/i,
    "This is a web page, not a CSV",
    "Look for the link that downloads the table itself; it may ask you to sign in.",
  ],
  [/^ID;P(WXL|SCALC)/, "This is a SYLK spreadsheet, not a CSV", SAVE],
  [/^TABLE\r?\n0,1\r?\n/, "This is a DIF spreadsheet, not a CSV", SAVE],
  [/^BEGIN:V(CARD|CALENDAR)\b/i, "This is an address book or a calendar, not a CSV", "Export it as CSV."],
  [/^\s*<\?xml\b/i, "This is XML, not a CSV", "Open it in a spreadsheet and save it as CSV, or look for a CSV."],
  [
    /^\s*(\[\s*[{[]|\{\s*")/,
    "This is JSON, not a CSV",
    "Records in JSON need no import: factpress new NAME makes a dataset, whose schema.json and records you then replace.",
  ],
];

const SQL_FILE = ["This is SQL, not a CSV", "Load it into a database, and export the table as CSV."] as const;
/** Maximum bytes that are searched for statements of SQL. */
const SQL_BYTES = 4096;
/** Comments that programs write above a dump. */
const DUMP_COMMENT =
  /^(-- ((mysql|mariadb) dump|postgresql database (cluster )?dump|phpmyadmin sql dump|adminer .* dump)\b|\/\*(!|m!)\d+)/im;
const SQL_COMMENTS = /^(\s|--[^\n]*|\/\*[\s\S]*?(\*\/|$))*/;
const SQL_NAME = String.raw`(if (not )?exists\s+)?[\w.$"\`[\]]+`;
const SQL_STATEMENT = new RegExp(
  `^(create ((global |local )?(temporary|temp) |unlogged |or replace )?table\\s+${SQL_NAME}\\s*\\(|(insert|replace)( or \\w+| ignore)? into\\s+${SQL_NAME}\\s*(\\(|values\\b|select\\b)|drop table\\s+${SQL_NAME}( cascade)?\\s*;)`,
  "i",
);
/** Statements that set something up: a CSV may have one as its header, but not two. */
const SQL_SETUP =
  /^(pragma|begin|start transaction|set|use|create (database|schema)|drop (database|schema)|alter table)\b[^;\n]*;[ \t\r]*(\n|$)/i;

/** Whether a text begins as a dump of a database does. A CSV may have a column called "create table". */
function isSql(text: string): boolean {
  const [comments = ""] = SQL_COMMENTS.exec(text) ?? [];
  if (DUMP_COMMENT.test(comments)) return true;
  let rest = text.slice(comments.length);
  for (let setups = 0; setups < 2; setups += 1) {
    if (SQL_STATEMENT.test(rest)) return true;
    if (!SQL_SETUP.test(rest)) return false;
    rest = rest.replace(SQL_SETUP, "").replace(SQL_COMMENTS, "");
  }
  return true;
}

/** UTF-16 without a byte-order mark: every second byte of Western text is 0. */
function isUtf16(bytes: Uint8Array): boolean {
  const zeros = [0, 0];
  for (const [i, byte] of bytes.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  return zeros.some((count, i) => count * 4 > bytes.length && (zeros[1 - i] ?? 0) * 10 < count);
}

const startsAs = (text: string, start: (typeof FIRST_TEXT)[number][0]): boolean =>
  start instanceof RegExp ? start.test(text) : start(text);

/** What a file is if not CSV, by its first bytes, and the remedy. Undefined if unknown. */
export function otherFileKind(bytes: Buffer): string | undefined {
  const start = bytes.toString("hex", 0, MAGIC_BYTES);
  const [, what, remedy] =
    FIRST_BYTES.find(([first]) => new RegExp(`^${first}`).test(start)) ??
    FIRST_TEXT.find(([first]) => startsAs(bytes.toString("utf8", 0, 200).replace(/^\ufeff/, ""), first)) ??
    (isUtf16(bytes) ? ["", "This is UTF-16, not UTF-8", SAVE] : undefined) ??
    (isSql(bytes.toString("utf8", 0, SQL_BYTES).replace(/^\ufeff/, "")) ? ["", ...SQL_FILE] : []);
  return what === undefined ? undefined : `${what}. ${remedy}`;
}
