import { describe, expect, it } from "vitest";
import { starterRecordProblems } from "../../../lib/check/starter-record-problems.ts";
import type { Dataset } from "../../../lib/dataset/dataset.ts";
import { STARTER_RECORD } from "../../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { memorySource } from "../../memory-source.ts";

const text: Schema = { type: "string" };
const columns = { id: text, label: text, since: text, source: text };
const planOf = (properties: Record<string, Schema>) =>
  planTable("things", {
    type: "object",
    properties: { things: { type: "array", primaryKey: ["id"], items: { type: "object", properties } } },
  });

/** The places of problems in a file of records. */
async function placesIn(file: unknown, { release = { version: "1.0.0" }, properties = columns } = {}): Promise<string[]> {
  const dataset = {
    metadata: { name: "d", title: "D", description: "D.", licenses: [], release },
    plans: [planOf(properties)],
    files: new Map([["things", ["things.json"]]]),
  } as Pick<Dataset, "metadata" | "plans" | "files"> as Dataset;
  const problems = await starterRecordProblems(dataset, memorySource({ "things.json": file, "other.json": [STARTER_RECORD] }));
  return problems.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message.split(" is ")[0]}`);
}
const own = { id: "a", label: "A", since: "2020", source: "https://a.example/" };

describe("starterRecordProblems", () => {
  it("reports the line of the record", async () => {
    expect(await placesIn(`[\n  ${JSON.stringify(own)},\n  ${JSON.stringify(STARTER_RECORD)}\n]\n`)).toEqual([
      'things.json:3:3 "First thing"',
    ]);
    // Its identifier and its date may be the reader's own by now.
    expect(await placesIn([{ ...STARTER_RECORD, id: "b", since: "1999" }])).toHaveLength(1);
  });

  it("does not report the name in one record and the source in another", async () => {
    const { label, source } = STARTER_RECORD;
    expect(
      await placesIn([
        { ...own, label },
        { ...own, id: "b", source },
      ]),
    ).toEqual([]);
  });

  it("does not report drafts, tables without these columns, or files that are not lists", async () => {
    expect(await placesIn([STARTER_RECORD], { release: {} as { version: string } })).toEqual([]);
    const { since: _, ...fewer } = columns;
    expect(await placesIn([STARTER_RECORD], { properties: fewer as typeof columns })).toEqual([]);
    expect(await placesIn(STARTER_RECORD)).toEqual([]);
    expect(await placesIn([null, "First thing"])).toEqual([]);
  });

  it("leaves other problems of a file to the check of its records", async () => {
    const record = JSON.stringify(STARTER_RECORD);
    expect(await placesIn(`[${record}`)).toEqual([]);
    expect(await placesIn(`[${record}, ${"[".repeat(40_000)}${"]".repeat(40_000)}]`)).toEqual([]);
  });
});
