import { describe, expect, it } from "vitest";
import { CellCounter } from "../../../../lib/engine/fast/cell-counter.ts";
import type { JsonRecord } from "../../../../lib/formats/value.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const properties = {
  id: { type: "string" },
  value: { type: "object", properties: { date: { type: "string", format: "edtf" }, number: { type: "number" } } },
  list: { type: "array", items: { type: "string" } },
  note: { type: "string" },
};
const items = { type: "object", properties };
const plan = planTable("t", { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } });

function countsOf(lines: string) {
  const parsed: string[] = [];
  const counter = new CellCounter(plan, (line) => {
    parsed.push(line);
    return JSON.parse(line) as JsonRecord;
  });
  counter.add(Buffer.from(lines));
  const counts = Object.fromEntries(plan.columns.map(({ name }, i) => [name, Object.values(counter.counts.columns[i] ?? {})]));
  return { counts, parsed, records: counter.counts.records };
}

describe("CellCounter", () => {
  it("counts values and empty texts of each column, including derived columns", () => {
    const lines = [
      '{"id":"a","value":{"date":"2020"},"list":[]}',
      '{"id":"b","value":{"number":0},"note":""}',
      '{"id":"","note":null}',
      "",
    ];
    const { counts, parsed, records } = countsOf(lines.join("\n"));
    expect(counts).toEqual({
      id: [3, 1],
      value_date: [1, 0],
      value_date_start: [1, 0],
      value_date_end: [1, 0],
      value_number: [1, 0],
      list: [1, 0],
      note: [1, 1],
    });
    expect([parsed, records]).toEqual([[], 3]);
  });

  it("counts damaged text, which was checked before, without parsing it", () => {
    const { counts, parsed } = countsOf('{"id":"caf\u00c3\u00a9","note":"a\u200bb"}\n');
    expect([counts["id"], counts["note"], parsed]).toEqual([[1, 0], [1, 0], []]);
  });

  it("parses lines that the kernel rejects, at any position", () => {
    const odd = '{"id":"x","value":{"number":1e99},"note":""}';
    const { counts, parsed, records } = countsOf([odd, '{"id":"a","note":"n"}', odd, odd].join("\n"));
    expect(counts).toEqual({
      id: [4, 0],
      value_number: [3, 0],
      note: [4, 3],
      list: [0, 0],
      value_date: [0, 0],
      value_date_start: [0, 0],
      value_date_end: [0, 0],
    });
    expect([parsed, records]).toEqual([[odd, odd, odd], 4]);
  });

  it("rethrows the error of `parse` for a line that is not a record", () => {
    expect(() => countsOf('{"id":"a"}\n{"id":')).toThrow(SyntaxError);
    expect(() => countsOf('{"id":"a"}{"id":"b"}')).toThrow(SyntaxError);
  });
});
