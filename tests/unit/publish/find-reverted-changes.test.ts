import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { type ReleaseSide, sourceSide } from "../../../lib/build/release-side.ts";
import type { Workspace } from "../../../lib/ports/ports.ts";
import { findRevertedChanges } from "../../../lib/publish/find-reverted-changes.ts";
import { memorySource } from "../../memory-source.ts";
import { RUNTIME } from "../../runtime.ts";

const text = { type: "string" };

interface Made {
  title?: string;
  description?: string;
  columns?: object;
  records?: object[];
  more?: object[];
}

/** A dataset with the table `t`, and the table `u` where `more` names its records. */
async function sideOf({ title = "D", description = "d", columns = {}, records = [], more }: Made): Promise<ReleaseSide> {
  const items = { type: "object", required: ["id"], properties: { id: text, ...columns } };
  const table = { type: "array", primaryKey: ["id"], items };
  const side = await sourceSide(
    memorySource({
      "dataset.json": { name: "d", title, description, licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } },
      "schema.json": { type: "object", properties: { t: table, ...(more ? { u: table } : {}) } },
      "t.json": records,
      ...(more ? { "u.json": more } : {}),
    }),
    RUNTIME,
    memoryWorkspace(),
  );
  if (!side) throw new Error("The dataset of this test has problems");
  return side;
}

/** What the tip reverts; null for `readers`: nothing was published. Fails unless every workspace was discarded. */
async function reverted(readers: Made | null, between: Made, tip: Made): Promise<{ changes: string[]; count: number }> {
  const open = new Set<Workspace>();
  const openWorkspace = async (): Promise<Workspace> => {
    const workspace = memoryWorkspace();
    open.add(workspace);
    return { ...workspace, discard: async () => void open.delete(workspace) };
  };
  const old = readers && (await sideOf(readers));
  const found = await findRevertedChanges(old ? async () => old : undefined, await sideOf(between), await sideOf(tip), {
    ...{ openWorkspace, isNewMajor: false },
  });
  expect(open.size).toBe(0);
  return found;
}

const records = (...values: [id: string, value: string][]): Pick<Made, "columns" | "records"> => ({
  columns: { value: text },
  records: values.map(([id, value]) => ({ id, value })),
});

describe("findRevertedChanges", () => {
  it("distinguishes changes of the description", async () => {
    expect(await reverted({}, { title: "T", description: "e" }, { description: "e" })).toEqual({ changes: ["title is another"], count: 1 });
    expect(await reverted({}, { title: "T" }, { title: "U" })).toEqual({ changes: [], count: 0 });
  });

  it("names three changes and counts all", async () => {
    const ids = ["a", "b", "c", "d", "e"];
    const all = (value: string): Made => records(...ids.map((id): [string, string] => [id, value]));
    expect(await reverted(all("1"), all("2"), all("1"))).toEqual({ changes: ["t: a, value", "t: b, value", "t: c, value"], count: 5 });
  });

  it("does not count changes that the tip keeps or continues", async () => {
    const [one, two, three] = ["1", "2", "3"].map((value) => records(["a", value])) as [Made, Made, Made];
    expect((await reverted(one, two, three)).count).toBe(0);
    expect((await reverted(one, two, two)).count).toBe(0);
    expect(await reverted(one, two, one)).toEqual({ changes: ["t: a, value"], count: 1 });
  });

  it("does not count rules, descriptions and types that the tip changes further", async () => {
    const column = (x: object, more: object = {}): Made => ({ columns: { x, ...more } });
    const [plain, rule, described, listed] = [{ ...text }, { ...text, minLength: 1 }, { ...text, title: "X" }, { ...text, enum: ["a"] }];
    expect((await reverted(column(plain), column(rule), column(rule, { y: text }))).count).toBe(0);
    expect((await reverted(column(plain), column(described), column({ ...described, ...listed }))).count).toBe(0);
    expect((await reverted(column(plain), column({ type: "integer" }), column({ type: "number" }))).count).toBe(0);
  });

  it("counts rules, descriptions and types that the tip changes back", async () => {
    const back = async (x: object): Promise<string[]> =>
      (await reverted({ columns: { x: text } }, { columns: { x } }, { columns: { x: text }, title: "T" })).changes;
    expect(await back({ ...text, minLength: 1 })).toEqual(["schema.json asks something else of records"]);
    expect(await back({ ...text, title: "X" })).toEqual(["t.csv: column x is described otherwise"]);
    expect(await back({ type: "integer" })).toContain("t.csv: column x was string and is integer");
  });

  it("compares each column of a record separately", async () => {
    const made = (x: string, y: string): Made => ({ columns: { x: text, y: text }, records: [{ id: "a", x, y }] });
    expect(await reverted(made("1", "1"), made("2", "2"), made("1", "2"))).toEqual({ changes: ["t: a, x"], count: 1 });
  });

  it("names records that were added, removed or replaced", async () => {
    expect((await reverted(records(), records(["a", "1"]), records())).changes).toEqual(["t: a"]);
    expect((await reverted(records(["a", "1"]), records(), records(["a", "1"]))).changes).toEqual(["t: a"]);
    const columns = { replacedBy: { ...text, references: "t" } };
    const old: Made = { columns, records: [{ id: "a", replacedBy: "b" }, { id: "b" }] };
    expect((await reverted(old, { columns, records: [{ id: "b" }] }, old)).changes).toEqual(["t: a"]);
  });
});

describe("findRevertedChanges before anything was published", () => {
  it("counts files, columns, allowed values and records that are gone", async () => {
    const state = (...values: string[]): object => ({ state: { type: "string", enum: values } });
    const between: Made = { columns: { ...state("x", "y"), gone: text }, records: [{ id: "a" }, { id: "b" }] };
    const tip: Made = { columns: state("x"), records: [{ id: "a" }] };
    expect(await reverted(null, between, tip)).toEqual({
      changes: ["t.csv: column state no longer allows y", "t.csv: column gone is gone", "t: b"],
      count: 3,
    });
    const { changes } = await reverted(null, { records: [{ id: "a" }], more: [{ id: "c" }] }, { records: [{ id: "a" }] });
    expect(changes[0]).toBe("u.csv is gone");
  });

  it("does not count changed descriptions and types, or additions", async () => {
    const between: Made = { columns: { n: { type: "integer" } }, records: [{ id: "a" }] };
    const tip: Made = { title: "T", columns: { n: text, m: text }, records: [{ id: "a", m: "1" }, { id: "b" }] };
    expect(await reverted(null, between, tip)).toEqual({ changes: [], count: 0 });
  });

  it("counts records that a difference does not list", async () => {
    const many = Array.from({ length: 1002 }, (_, i) => ({ id: `k${i}` }));
    expect(await reverted(null, { records: many }, {})).toEqual({ changes: ["t: k0", "t: k1", "t: k2"], count: 1002 });
  });
});
