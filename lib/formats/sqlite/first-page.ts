import { KIND, LEAF_HEADER, writePageHeader } from "./interior-level.ts";
import { PAGE_BYTES, type PageSink } from "./page-sink.ts";
import { RecordWriter } from "./record-writer.ts";
import type { SchemaEntry } from "./sqlite-schema.ts";
import { TableTree } from "./table-tree.ts";
import { varintLength, writeVarint } from "./write-varint.ts";

/** An entry of the schema table, with the number of its root page. */
export type RootedEntry = SchemaEntry & { root: number };

const FILE_HEADER = 100;
/** SQLite 3.37.0, the minimum for STRICT tables; programs show it as the version that wrote the file. */
const SQLITE_VERSION = 3_037_000;
const UTF8 = 1;
const SCHEMA_FORMAT = 4;

/** Database File Format, 1.3. Nothing depends on when or where the file is written. */
function writeFileHeader(page: Buffer, pages: number): void {
  page.write("SQLite format 3\0", 0, "latin1");
  page.writeUInt16BE(PAGE_BYTES, 16);
  // No write-ahead log, no reserved bytes; the payload fractions are fixed.
  page.set([1, 1, 0, 64, 32, 32], 18);
  const counter = 1;
  page.writeUInt32BE(counter, 24);
  page.writeUInt32BE(pages, 28);
  page.writeUInt32BE(1, 40);
  page.writeUInt32BE(SCHEMA_FORMAT, 44);
  page.writeUInt32BE(UTF8, 56);
  page.writeUInt32BE(counter, 92);
  page.writeUInt32BE(SQLITE_VERSION, 96);
}

function records(entries: readonly RootedEntry[]): Buffer[] {
  const writer = new RecordWriter();
  return entries.map(({ type, name, table, root, sql }) => {
    for (const text of [type, name, table]) writer.text(text);
    writer.number(root, false);
    if (sql === undefined) writer.null();
    else writer.text(sql);
    writer.end();
    return Buffer.from(writer.take().bytes);
  });
}

/** Writes the entries of the schema table to the first page; false if they do not fit. */
function fillFirstPage(page: Buffer, rows: readonly Buffer[]): boolean {
  let at = PAGE_BYTES;
  for (const [i, row] of rows.entries()) {
    at -= varintLength(row.length) + varintLength(i + 1) + row.length;
    const pointer = FILE_HEADER + LEAF_HEADER + 2 * i;
    if (at < pointer + 2) return false;
    page.writeUInt16BE(at, pointer);
    page.set(row, writeVarint(page, writeVarint(page, at, row.length), i + 1));
  }
  writePageHeader(page.subarray(FILE_HEADER), KIND.tableLeaf, rows.length, at);
  return true;
}

/** The first page: the file header, and the schema table or its root. The other pages of a large schema table are added to the sink. */
export function firstPage(sink: PageSink, entries: readonly RootedEntry[]): Buffer {
  const rows = records(entries);
  const page = Buffer.alloc(PAGE_BYTES);
  if (!fillFirstPage(page, rows)) {
    page.fill(0);
    const tree = new TableTree(sink);
    for (const row of rows) tree.add(row, 0, row.length);
    const root = tree.end();
    // No cell, one child: SQLite also writes this if the file header leaves too little space.
    writePageHeader(page.subarray(FILE_HEADER), KIND.tableInterior, 0, PAGE_BYTES);
    page.writeUInt32BE(root, FILE_HEADER + 8);
  }
  writeFileHeader(page, sink.count);
  return page;
}
