import { describe, expect, it } from "vitest";
import { CellCounter } from "../../../lib/engine/fast/cell-counter.ts";
import { CountedTables } from "../../../lib/ports/counted-tables.ts";
import { parseRecordLine } from "../../../lib/ports/parse-record-line.ts";
import type { ReleaseFolder } from "../../../lib/ports/ports.ts";
import { readTable } from "../../../lib/render/read-table.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { EXPLORED_ROWS, PAGE_ROWS } from "../../../lib/site/limits.ts";
import { planOf } from "../../plan-of.ts";
import { folderOf } from "./folder-of.ts";

const text: Schema = { type: "string" };
const UNREFERENCED = { isReferenced: false, sha256: undefined };
const REFERENCED = { isReferenced: true, sha256: undefined };

describe("readTable", () => {
  const lines = (...records: object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join("");
  it("reads records, labels and counts of cells", async () => {
    const plan = planOf({ label: text, note: text, gone: text });
    const files = folderOf({ "t.ndjson": lines({ id: "a", label: "A", note: "" }, { id: "b", label: "B", note: "x" }, { id: "c" }) });
    const table = await readTable(files, plan, REFERENCED);
    expect(table.records.map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect([...table.labels]).toEqual([
      ["a", "A"],
      ["b", "B"],
    ]);
    expect([table.count, [...table.filled], [...(table.emptyTexts ?? [])]]).toEqual([
      3,
      [
        ["id", 3],
        ["label", 2],
        ["note", expect.any(Number)],
      ],
      ["note"],
    ]);
    expect((await readTable(files, plan, UNREFERENCED)).labels.size).toBe(0);
  });

  it("returns no records of an empty table", async () => {
    expect(await readTable(folderOf({ "t.ndjson": "" }), planOf({}), REFERENCED)).toMatchObject({ count: 0, records: [] });
  });

  describe("with the counts of a build", () => {
    const plan = planOf({ label: text, note: text });
    const recordOf = (i: number): object => ({ id: `k${i}`, label: `L${i}`, ...(i % 2 === 0 ? {} : { note: i % 3 === 0 ? "" : "x" }) });

    /** A folder with many records in small chunks, its known counts, and the number of chunks that were read. */
    function counted(records: number) {
      const counter = new CellCounter(plan, parseRecordLine);
      const chunks = Array.from({ length: records / 100 }, (_, i) =>
        Buffer.from(lines(...Array.from({ length: 100 }, (_, j) => recordOf(100 * i + j)))),
      );
      for (const chunk of chunks) counter.add(chunk);
      const countedTables = new CountedTables();
      countedTables.add("abc", plan, counter.counts);
      let read = 0;
      let isClosed = false;
      const folder: ReleaseFolder = {
        bytes: async () => undefined,
        async *read() {
          try {
            for (const chunk of chunks) {
              read += 1;
              yield chunk;
            }
          } finally {
            isClosed = true;
          }
        },
        countedTables,
      };
      return { folder, progress: () => ({ read, isClosed }) };
    }

    it.each([EXPLORED_ROWS, EXPLORED_ROWS + 100])("reads %i records as without them", async (records) => {
      const { folder } = counted(records);
      for (const isReferenced of [true, false]) {
        const known = await readTable(folder, plan, { isReferenced, sha256: "abc" });
        expect(known).toEqual(await readTable(folder, plan, { isReferenced, sha256: `other ${isReferenced}` }));
        expect(known.count).toBe(records);
        expect(known.emptyTexts).toEqual(new Set(["note"]));
      }
    });

    it("stops after the records that a page shows, and closes the file", async () => {
      const { folder, progress } = counted(EXPLORED_ROWS + 100);
      const { records } = await readTable(folder, plan, { isReferenced: false, sha256: "abc" });
      expect(records).toHaveLength(PAGE_ROWS);
      expect(progress()).toEqual({ read: PAGE_ROWS / 100, isClosed: true });
    });

    it("counts the same records again if a schema has other columns", async () => {
      const { folder, progress } = counted(EXPLORED_ROWS + 100);
      const { filled } = await readTable(folder, planOf({ note: text }), { isReferenced: false, sha256: "abc" });
      expect([...filled.keys()]).toEqual(["id", "note"]);
      expect(progress().read).toBe((EXPLORED_ROWS + 100) / 100);
    });
  });
});
