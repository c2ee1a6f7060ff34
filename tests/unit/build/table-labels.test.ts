import { expect, it } from "vitest";
import { tableLabels } from "../../../lib/build/table-labels.ts";
import type { Difference } from "../../../lib/release/difference.ts";
import type { Schema } from "../../../lib/schema/schema.ts";
import { planTable } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const table = (properties: Record<string, Schema>): Schema => ({
  type: "array",
  primaryKey: ["id"],
  items: { type: "object", required: ["id"], properties: { id: text, ...properties } },
});
const SCHEMA: Schema = {
  type: "object",
  properties: { towns: table({ river: { ...text, references: "rivers" } }), rivers: table({ label: { type: ["string", "null"] } }) },
};
const plans = Object.keys(SCHEMA.properties ?? {}).map((name) => planTable(name, SCHEMA));

/** The rivers of a release, as NDJSON. */
const release = (...rivers: object[]) =>
  async function* (name: string): AsyncGenerator<Uint8Array> {
    if (name === "rivers") yield Buffer.from(rivers.map((river) => `${JSON.stringify(river)}\n`).join(""));
  };

it("returns the labels of records that a difference refers to, from the first release that has them", async () => {
  const towns = {
    added: [{ id: "a", river: "new" }],
    changed: [{ key: "b", record: { id: "b", river: "both" }, fields: { river: { old: "gone", new: "both" } } }],
    removed: [{ key: "c", record: { id: "c", river: "unnamed" } }],
    replaced: [],
  };
  const labels = await tableLabels({ tables: { towns } } as unknown as Difference, plans, [
    release({ id: "new", label: "New" }, { id: "other", label: "Other" }, { id: "both", label: "Now" }, { id: "unnamed", label: null }),
    release({ id: "both", label: "Before" }, { id: "gone", label: "Gone" }),
  ]);
  expect(labels).toEqual(
    new Map([
      [
        "rivers",
        new Map([
          ["new", "New"],
          ["both", "Now"],
          ["gone", "Gone"],
        ]),
      ],
    ]),
  );
});
