import { describe, expect, it } from "vitest";
import { runTables } from "../../../lib/check/run-tables.ts";
import { isStarterTable, starterRecordProblems } from "../../../lib/check/starter-record-problems.ts";
import { STARTER_RECORD } from "../../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";
import { memorySource } from "../../memory-source.ts";
import { RUNTIME } from "../../runtime.ts";

const text: Schema = { type: "string" };
const columns = { id: text, label: text, since: text, source: text };
const planOf = (properties: Record<string, Schema>) =>
  planTable("things", {
    type: "object",
    properties: { things: { type: "array", primaryKey: ["id"], items: { type: "object", properties } } },
  });

const own = { id: "a", label: "A", since: "2020", source: "https://a.example/" };

/** The places of problems in a file of records. */
async function placesIn(file: unknown, { refusesStarterRecord = true, properties = columns } = {}): Promise<string[]> {
  const dataset = { plans: [planOf(properties)], files: new Map([["things", ["things.json"]]]), filesComplete: true, refusesStarterRecord };
  const { problems } = await runTables({ dataset, source: memorySource({ "things.json": file }), runtime: RUNTIME });
  return problems.map(({ line, column, message }) => `${line}:${column} ${message.split(" is ")[0]}`);
}

describe("a check of tables", () => {
  it("reports the line of the record of a new dataset", async () => {
    expect(await placesIn(`[\n  ${JSON.stringify(own)},\n  ${JSON.stringify(STARTER_RECORD)}\n]\n`)).toEqual(['3:3 "First thing"']);
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

  it("does not report drafts, or tables without its columns", async () => {
    expect(await placesIn([STARTER_RECORD], { refusesStarterRecord: false })).toEqual([]);
    const { since: _, ...fewer } = columns;
    const { since: _unused, ...record } = STARTER_RECORD;
    expect(await placesIn([record], { properties: fewer as typeof columns })).toEqual([]);
    expect([planOf(columns), planOf(fewer as typeof columns)].map(isStarterTable)).toEqual([true, false]);
  });

  it("reports it beside other problems of the file", async () => {
    expect(await placesIn(`[\n${JSON.stringify(STARTER_RECORD)}`)).toEqual(['2:1 "First thing"', expect.stringMatching(/^2:\d+ /)]);
  });
});

describe("starterRecordProblems", () => {
  it("finds none in a batch of other values", () => {
    const bytes = Buffer.from(`null, ${"[".repeat(40_000)}${"]".repeat(40_000)}, "First thing", [{}], {"label": "First thing"`);
    expect(starterRecordProblems({ bytes, line: 1, column: 1 })).toEqual([]);
  });
});
