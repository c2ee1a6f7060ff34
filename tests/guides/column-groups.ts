import type { Output, TableFormat, TablePart, TableWriter } from "../../lib/formats/format.ts";
import { NO_VALUE } from "./column-groups-encoder.ts";

const GROUP_ROWS = 1_000;
const MAGIC = Buffer.from("COLG");

/** The offset at which a number of cells end. */
function endOfCells(chunk: Buffer, start: number, count: number): number {
  let offset = start;
  for (let i = 0; i < count; i += 1) {
    const length = chunk.readUInt32LE(offset);
    offset += 4 + (length === NO_VALUE ? 0 : length);
  }
  return offset;
}

/** Regroups parts into groups of 1,000 rows. It keeps at most the rows of one group. */
class ColumnGroupsWriter implements TableWriter {
  readonly #output: Output;
  readonly #columns: readonly string[];
  readonly #groups: { offset: number; rows: number }[] = [];
  #offset = 0;
  #rows = 0;
  #pending: Buffer[][] = [];

  constructor(output: Output, columns: readonly string[]) {
    this.#output = output;
    this.#columns = columns;
  }

  async write({ rows, chunks }: TablePart): Promise<void> {
    // Copies, because the memory of the chunks is reused.
    const columns = chunks.map((chunk) => Buffer.from(chunk));
    const starts = columns.map(() => 0);
    for (let left = rows; left > 0; ) {
      const count = Math.min(left, GROUP_ROWS - this.#rows);
      for (const [i, chunk] of columns.entries()) {
        const start = starts[i] ?? 0;
        const end = endOfCells(chunk, start, count);
        this.#pending[i] = [...(this.#pending[i] ?? []), chunk.subarray(start, end)];
        starts[i] = end;
      }
      this.#rows += count;
      left -= count;
      if (this.#rows === GROUP_ROWS) await this.#writeGroup();
    }
  }

  async close(): Promise<void> {
    if (this.#rows > 0) await this.#writeGroup();
    const footer = Buffer.from(JSON.stringify({ columns: this.#columns, groups: this.#groups }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(footer.length);
    await this.#append(Buffer.concat([footer, length, MAGIC]));
  }

  async #writeGroup(): Promise<void> {
    this.#groups.push({ offset: this.#offset, rows: this.#rows });
    for (const column of this.#pending) await this.#append(Buffer.concat(column));
    this.#pending = [];
    this.#rows = 0;
  }

  async #append(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    await this.#output.write(bytes);
  }
}

/** Columns in groups of 1,000 rows, and a footer with the offset of each group. */
export const columnGroups: TableFormat = {
  name: "column-groups",
  extension: "colg",
  mediaType: "application/vnd.example.column-groups",
  isText: false,
  isCompressedByCdn: false,
  label: "Column groups",
  scope: "table",
  encoder: { name: "column-groups", module: new URL("./column-groups-encoder.ts", import.meta.url).href },
  caption: (_file, [one]) => `Columns in groups of 1,000 rows, one row per ${one}`,
  resource: ({ plan }) => ({ title: plan.title, groupRows: GROUP_ROWS }),
  readme: () => ["Files ending in `.colg` hold columns in groups of 1,000 rows; the last 8 bytes lead to the footer."],
  snippets: () => [{ id: "colg", name: "colg", code: (url) => `colg head ${url}` }],
  open: async ({ plan }, output) =>
    new ColumnGroupsWriter(
      output,
      plan.columns.map(({ name }) => name),
    ),
};
