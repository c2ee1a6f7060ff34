import { describe, expect, it } from "vitest";
import { readTable } from "../../../lib/render/read-table.ts";
import type { Schema } from "../../../lib/schema/table-plan.ts";
import { planOf } from "../../plan-of.ts";
import { folderOf } from "./folder-of.ts";

const text: Schema = { type: "string" };

describe("readTable", () => {
  const lines = (...records: object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join("");
  it("reads records, labels and counts of cells", async () => {
    const plan = planOf({ label: text, note: text, gone: text });
    const files = folderOf({ "t.ndjson": lines({ id: "a", label: "A", note: "" }, { id: "b", label: "B", note: "x" }, { id: "c" }) });
    const table = await readTable(files, plan, true);
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
    expect((await readTable(files, plan, false)).labels.size).toBe(0);
  });

  it("reads nothing of an empty table", async () => {
    expect(await readTable(folderOf({ "t.ndjson": "" }), planOf({}), true)).toMatchObject({ count: 0, records: [] });
  });
});
