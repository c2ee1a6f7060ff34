import { describe, expect, it } from "vitest";
import { type Encoding, type Locate, TableEncodings } from "../../../lib/check/table-encodings.ts";
import type { BatchResult } from "../../../lib/engine/engine.ts";
import { KeyBatchBuilder } from "../../../lib/engine/key-batch.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const plan = planTable("t", { type: "object", properties: { t: { type: "array", items: { type: "object" } } } });
const encoder = (name: string) => ({ name, module: `${name}.js` });
const part = (name: string) => ({ encoder: name, table: "t", rows: 1, bytes: Buffer.from(name) });
function result(keys: string[], lines: number[], ...parts: string[]): BatchResult {
  const builder = new KeyBatchBuilder(plan);
  for (const key of keys) builder.addText(key);
  return { keys: builder.take(), lines, parts: parts.map(part) } as unknown as BatchResult;
}

/** An encoding that records the encoders of the parts that it receives. */
function recording(names: string[], accepts?: Encoding["accepts"]): Encoding & { received: string[][] } {
  const received: string[][] = [];
  return {
    received,
    encoders: names.map(encoder),
    ...(accepts ? { accepts } : {}),
    write: async (_plan, parts) => void received.push(parts.map((one) => one.encoder)),
  };
}
const locating = (maxRecords = 2, table = "t"): Locate => ({ table, maxRecords, locations: new Map() });

describe("the encodings of a table", () => {
  it("include each encoder of the encodings that accept the table once", async () => {
    const [one, two] = [recording(["csv", "json"]), recording(["json", "sql"])];
    const other = recording(["xlsx"], () => false);
    const encodings = new TableEncodings(plan, { encodings: [one, two, other] }, 1);
    expect(encodings.encoders.map(({ name }) => name)).toEqual(["csv", "json", "sql"]);
    await encodings.write("t.json", result([], [], "csv", "json", "sql", "xlsx"));
    expect([one.received, two.received, other.received]).toEqual([[["csv", "json"]], [["json", "sql"]], []]);
  });

  it("request only the necessary task: check, encode or locate", () => {
    expect(new TableEncodings(plan, {}, 1).task).toBe("check");
    expect(new TableEncodings(plan, { encodings: [recording(["csv"])] }, 1).task).toBe("encode");
    expect(new TableEncodings(plan, { encodings: [recording(["csv"])], locate: locating() }, 1).task).toBe("locate");
    expect(new TableEncodings(plan, { locate: locating(2, "u") }, 1).task).toBe("check");
  });

  it("record the location of each record, up to a maximum", async () => {
    const locate = locating(3);
    const encodings = new TableEncodings(plan, { locate }, 1);
    await encodings.write("t/a.json", result(["a", "b"], [2, 5]));
    await encodings.write("t/b.json", result(["c"], [1]));
    expect(locate.locations).toEqual(
      new Map([
        ["a", { file: "t/a.json", line: 2 }],
        ["b", { file: "t/a.json", line: 5 }],
        ["c", { file: "t/b.json", line: 1 }],
      ]),
    );
    expect(encodings.task).toBe("locate");
    await encodings.write("t/b.json", result(["d"], [2]));
    expect([locate.locations, encodings.task]).toEqual([undefined, "check"]);
    await encodings.write("t/b.json", result(["e"], [3]));
    expect(locate.locations).toBeUndefined();
  });

  it("locate the records of a large table in a later pass, unless there are too many", async () => {
    const locate = locating(3);
    const encodings = new TableEncodings(plan, { encodings: [recording(["csv"])], locate }, 25 * 1024 * 1024);
    expect(encodings.task).toBe("encode");
    await encodings.write("t.json", result(["a"], []));
    expect(locate.locations?.size).toBe(0);
    expect(encodings.needsLocatingPass(3)).toBe(true);
    expect(encodings.needsLocatingPass(4)).toBe(false);
    expect(locate.locations).toBeUndefined();
    expect(new TableEncodings(plan, { locate: locating(3) }, 25 * 1024 * 1024 - 1).needsLocatingPass(3)).toBe(false);
    expect(new TableEncodings(plan, { locate: locating(3, "u") }, 25 * 1024 * 1024).needsLocatingPass(3)).toBe(false);
  });
});
