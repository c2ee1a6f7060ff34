import { describe, expect, it } from "vitest";
import { type ChangesStep, composeChanges } from "../../../lib/release/compose-changes.ts";

const keyOf = (_: string, record: object): string => String((record as { id: string }).id);
const step = (from: string, to: string, things: ChangesStep["tables"][string], schema: string[] = []): ChangesStep => ({
  ...{ from, to, schema: schema.map((change) => ({ change })) },
  tables: { things },
});
const records = (...steps: ChangesStep[]): unknown[] =>
  composeChanges(steps, keyOf).records.map(({ kind, key, by, fields, record }) => ({
    ...{ kind, key },
    ...(by ? { by } : {}),
    ...(fields ? { fields } : {}),
    ...(record ? { record } : {}),
  }));

describe("several steps as one difference", () => {
  it("names both ends, and each change of the shape once", () => {
    const all = composeChanges([step("1.0.0", "1.1.0", {}, ["a", "b"]), step("1.1.0", "2.0.0", {}, ["b", "c"])], keyOf);
    expect(all).toEqual({ from: "1.0.0", to: "2.0.0", shape: ["a", "b", "c"], records: [] });
    expect(composeChanges([], keyOf)).toEqual({ from: "", to: "", shape: [], records: [] });
  });

  it("lists what changed, then what was added, then what was removed", () => {
    const found = records(
      step("1", "2", {
        removed: [{ key: "r", record: { id: "r" } }],
        replaced: [{ key: "p", by: "a", record: { id: "p" } }],
        added: [{ id: "a" }],
        changed: [{ key: "c", fields: { x: { old: 1, new: 2 } } }],
      }),
    );
    expect(found).toEqual([
      { kind: "changed", key: "c", fields: [{ name: "x", old: 1, now: 2 }] },
      { kind: "added", key: "a", record: { id: "a" } },
      { kind: "removed", key: "r", record: { id: "r" } },
      { kind: "removed", key: "p", by: "a", record: { id: "p" } },
    ]);
  });

  it("leaves out what was changed back, or added and removed again", () => {
    expect(
      records(
        step("1", "2", { added: [{ id: "a" }], changed: [{ key: "c", fields: { x: { old: 1, new: 2 } } }] }),
        step("2", "3", { removed: [{ key: "a", record: { id: "a" } }], changed: [{ key: "c", fields: { x: { old: 2, new: 1 } } }] }),
      ),
    ).toEqual([]);
  });

  it("shows an added record as it is at the end, and a removed one as it was at the beginning", () => {
    expect(
      records(
        step("1", "2", { added: [{ id: "a", x: 1, y: 1 }], changed: [{ key: "r", fields: { x: { old: 1, new: 2 }, y: { new: 3 } } }] }),
        step("2", "3", {
          changed: [{ key: "a", fields: { x: { old: 1, new: 5 }, y: { old: 1 } } }],
          removed: [{ key: "r", record: { id: "r", x: 2, y: 3 } }],
        }),
      ),
    ).toEqual([
      { kind: "added", key: "a", record: { id: "a", x: 5 } },
      { kind: "removed", key: "r", record: { id: "r", x: 1 } },
    ]);
  });

  it("tells what differs in a record that was removed and added again", () => {
    expect(
      records(
        step("1", "2", { removed: [{ key: "a", record: { id: "a", x: 1, z: 0 } }] }),
        step("2", "3", { added: [{ id: "a", x: 2, y: 1, z: 0 }] }),
      ),
    ).toEqual([
      {
        kind: "changed",
        key: "a",
        fields: [
          { name: "x", old: 1, now: 2 },
          { name: "y", now: 1 },
        ],
      },
    ]);
  });

  it("keeps the first old value and the last new one", () => {
    expect(
      records(
        step("1", "2", { changed: [{ key: "c", fields: { x: { old: 1, new: 2 }, gone: { old: "g" } } }] }),
        step("2", "3", { changed: [{ key: "c", fields: { x: { old: 2, new: 3 } } }] }),
      ),
    ).toEqual([
      {
        kind: "changed",
        key: "c",
        fields: [
          { name: "x", old: 1, now: 3 },
          { name: "gone", old: "g" },
        ],
      },
    ]);
  });
});
