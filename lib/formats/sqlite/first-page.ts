import { KIND, LEAF_HEADER, writePageHeader } from "./interior-level.ts";
import { PAGE_BYTES, type PageSink } from "./page-sink.ts";
import { RecordWriter } from "./record-writer.ts";
import type { SchemaEntry } from "./sqlite-schema.ts";
import { TableTree } from "./table-tree.ts";
import { varintLength, writeVarint } from "./write-varint.ts";

/** An entry of the schema table with the page of its root. */
export type RootedEntry = SchemaEntry & { root: number };

const FILE_HEADER = 100;
/** STRICT tables need this version of SQLite, 3.37.0; programs show it as the one that wrote the file. */
const SQLITE_VERSION = 3_037_000;
const UTF8 = 1;
const SCHEMA_FORMAT = 4;

/** Database File Format, 1.3: nothing in it depends on when or where the file was written. */
function writeFileHeader(page: Buffer, pages: number): void {
  page.write("SQLite format 3\0", 0, "latin1");
  page.writeUInt16BE(PAGE_BYTES, 16);
  // No write-ahead log; the fractions of a page that payloads may take are fixed.
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

/** The first page holds the entries of the schema table, if they have room. */
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

/** The first page: the header of the file, and the schema table or the page where it begins. Other pages of that go to the sink. */
export function firstPage(sink: PageSink, entries: readonly RootedEntry[]): Buffer {
  const rows = records(entries);
  const page = Buffer.alloc(PAGE_BYTES);
  if (!fillFirstPage(page, rows)) {
    page.fill(0);
    const tree = new TableTree(sink);
    for (const row of rows) tree.add(row, 0, row.length);
    const root = tree.end();
    // No cell, one child: SQLite writes the first page so, if its header leaves too little room.
    writePageHeader(page.subarray(FILE_HEADER), KIND.tableInterior, 0, PAGE_BYTES);
    page.writeUInt32BE(root, FILE_HEADER + 8);
  }
  writeFileHeader(page, sink.count);
  return page;
}
