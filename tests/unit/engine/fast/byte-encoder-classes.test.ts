import { expect, it } from "vitest";
import { encodesWithoutObjects } from "../../../../lib/engine/fast/byte-encoder-classes.ts";
import { createByteEngine } from "../../../../lib/engine/fast/byte-engine.ts";
import { ENCODERS } from "../../../../lib/formats/encoders.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const plan = planTable("t", {
  type: "object",
  properties: {
    t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: { type: "string" } } } },
  },
});

it.each([...[...ENCODERS.keys()].map((name) => ({ name })), { name: "csv", module: "file:///theirs.js" }])(
  "creates objects only for encoders that need them: %j",
  (encoder) => {
    let objects = 0;
    const encode = ({ records }: { records: readonly unknown[] }) => {
      objects += records.length;
      return [];
    };
    const engine = createByteEngine({ plan, labels: new Map(), encoders: [encoder] }, new Map([[encoder.name, encode]]));
    const bytes = new Uint8Array(Buffer.from('{"id":"a"},\n{"id":"b"}'));
    const { records } = engine.run({ line: 1, column: 1, bytes, minifiedBytes: bytes.length, mayPrintDifferently: false }, "encode");
    expect(records).toBe(2);
    expect(objects).toBe(encodesWithoutObjects(encoder) ? 0 : 2);
  },
);

it("creates objects only for Excel", () => {
  expect([...ENCODERS.keys()].filter((name) => !encodesWithoutObjects({ name }))).toEqual(["xlsx"]);
});
