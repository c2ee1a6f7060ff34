import { describe, expect, it } from "vitest";
import { TableRows } from "../../../../lib/engine/fast/table-rows.ts";

describe("TableRows", () => {
  it("returns the rows since the last call, and counts from 0 again", () => {
    const rows = new TableRows("t");
    expect(rows.take()).toEqual({ table: "t", rows: 0, chunks: [] });
    rows.rows = 2;
    rows.out.text("ab");
    const { chunks, ...rest } = rows.take();
    expect([rest, chunks.map((chunk) => Buffer.from(chunk).toString())]).toEqual([{ table: "t", rows: 2 }, ["ab"]]);
    rows.rows = 1;
    rows.out.text("c");
    rows.clear();
    expect(rows.take()).toEqual({ table: "t", rows: 0, chunks: [] });
  });
});
