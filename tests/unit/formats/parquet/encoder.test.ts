import { expect, it } from "vitest";
import { createEngine } from "../../../../lib/engine/engine.ts";
import { createEncoder } from "../../../../lib/formats/parquet/encoder.ts";
import { RecordBatches } from "../../../../lib/json/record-batches.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";

const plan = planTable("rows", {
  properties: {
    rows: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], properties: { id: { type: "string" }, count: { type: "integer" } } },
    },
  },
});

const problemsOf = (json: string) => {
  const engine = createEngine({ plan, labels: new Map() }, new Map([["parquet", createEncoder(plan)]]));
  const cutter = new RecordBatches();
  return [...cutter.push(Buffer.from(json)), ...cutter.end()].flatMap((batch) => engine.run(batch, "encode").problems);
};

it.each(["1e19", "-1e19", "1e300"])("fails when a whole number does not fit into 64 bits, at its record: %s", (number) => {
  const problems = problemsOf(`[\n  { "id": "a", "count": 1 },\n  { "id": "b", "count": ${number} }\n]\n`);
  expect(problems).toEqual([expect.objectContaining({ line: 3, field: "count", message: expect.stringContaining("64 bits") })]);
});

it.each(["9007199254740991", "-9007199254740991", "9e18", "-9e18"])("accepts %s", (number) => {
  expect(problemsOf(`[\n  { "id": "b", "count": ${number} }\n]\n`)).toEqual([]);
});
