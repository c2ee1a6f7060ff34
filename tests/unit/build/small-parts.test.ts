import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { ChangeSpools } from "../../../lib/build/change-spools.ts";
import { changedDocuments } from "../../../lib/build/changed-documents.ts";
import { Comparisons } from "../../../lib/build/comparisons.ts";
import { countLines } from "../../../lib/build/count-lines.ts";
import { formatEncoders } from "../../../lib/build/format-encoders.ts";
import { activeLineCounter, isActiveRecord } from "../../../lib/build/is-active-record.ts";
import { LineSpool } from "../../../lib/build/line-spool.ts";
import { NumberList } from "../../../lib/build/number-list.ts";
import { writeText } from "../../../lib/build/write-text.ts";
import { FORMATS } from "../../../lib/formats/formats.ts";
import type { Workspace } from "../../../lib/ports/ports.ts";
import { readWhole } from "../../../lib/ports/read-whole.ts";
import { planTable, type Schema, type TablePlan } from "../../../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const planOf = (properties: Record<string, Schema>): TablePlan =>
  planTable("t", {
    type: "object",
    properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", properties: { id: text, ...properties } } } },
  });
const contentOf = async (workspace: Workspace, name: string): Promise<string> => (await readWhole(workspace.read(name))).toString();

describe("countLines", () => {
  it.each([
    ["", 0],
    ["a", 0],
    ["\n", 1],
    ["a\nb\n", 2],
    ["\n\n\n", 3],
  ])("of %j is %d", (lines, count) => {
    expect(countLines(Buffer.from(lines))).toBe(count);
  });
});

describe("active records", () => {
  const ranked = planOf({ rank: { ...text, role: "rank" }, note: text });
  it("are not deprecated", () => {
    const isActive = isActiveRecord(ranked);
    expect([isActive({ rank: "normal" }), isActive({ rank: "deprecated" }), isActive({})]).toEqual([true, false, true]);
    expect(isActiveRecord(planOf({ rank: text }))({ rank: "deprecated" })).toBe(true);
    const inner = planOf({ value: { type: "object", properties: { rank: { ...text, role: "rank" } } } });
    expect(isActiveRecord(inner)({ rank: "deprecated" })).toBe(true);
  });

  it("are counted among whole lines", () => {
    const lines = Buffer.from('{"id":"a","rank":"normal"}\n{"id":"b","rank":"deprecated"}\n{"id":"c","note":"deprecated"}\n');
    expect(activeLineCounter(ranked)(lines)).toBe(2);
    expect(activeLineCounter(ranked)(Buffer.from('{"id":"a"}\n{"id":"b"}\n'))).toBe(2);
    expect(activeLineCounter(planOf({}))(lines)).toBe(3);
  });
});

describe("NumberList", () => {
  it("grows, and changes numbers in place", () => {
    const list = new NumberList();
    for (let i = 0; i < 3_000; i += 1) list.push(i * 2);
    list.set(7, -2);
    expect([list.size, list.at(0), list.at(7), list.at(1_023), list.at(1_024), list.at(2_999)]).toEqual([
      3_000, 0, -2, 2_046, 2_048, 5_998,
    ]);
  });
});

describe("LineSpool", () => {
  it("reads lines by their number, and all of them", async () => {
    const spool = await LineSpool.create(memoryWorkspace(), "lines");
    for (const line of ["a\n", "bé\n", "\n", "d\n"]) await spool.add(Buffer.from(line));
    await spool.close();
    expect(await Promise.all([0, 1, 2, 3].map((i) => spool.text(i)))).toEqual(["a", "bé", "", "d"]);
    const all: string[] = [];
    for await (const line of spool.all()) all.push(line);
    expect(all).toEqual(["a", "bé", "", "d"]);
  });
});

describe("ChangeSpools", () => {
  it("makes a file for each list that has a value", async () => {
    const workspace = memoryWorkspace();
    const spools = new ChangeSpools(workspace, "t.");
    await spools.add("added", { id: "a" });
    await spools.add("removed", 1);
    await spools.add("added", { id: "b" });
    await spools.close();
    expect(spools.names).toEqual({ added: "t.added", removed: "t.removed" });
    expect(await contentOf(workspace, "t.added")).toBe('{"id":"a"}\n{"id":"b"}\n');
    expect(await contentOf(workspace, "t.removed")).toBe("1\n");
  });
});

describe("writeText", () => {
  it("writes a file, and returns its size and hash", async () => {
    const workspace = memoryWorkspace();
    // Of `printf é | sha256sum`.
    expect(await writeText(workspace, "a.txt", "é")).toMatchObject({
      name: "a.txt",
      bytes: 2,
      sha256: "4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c",
    });
    expect(await contentOf(workspace, "a.txt")).toBe("é");
  });
});

describe("formatEncoders", () => {
  it("names each encoder once, and none for archives", () => {
    const names = formatEncoders(FORMATS).map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["csv", "parquet"]));
    expect(names.length).toBeLessThan(FORMATS.length);
    expect(formatEncoders([])).toEqual([]);
  });

  it("fails when two encoders have the same name", () => {
    const [csv] = FORMATS;
    const other = { ...csv, encoder: { name: "csv", module: "other.ts" } };
    expect(() => formatEncoders([csv, other] as never)).toThrow("Two encoders are called csv");
  });
});

describe("changedDocuments", () => {
  const side = (title: string, schema: object = {}, license = "free") =>
    ({ shape: { package: { name: "d", title, resources: [], layout: 2, version: title }, schema }, license }) as never;
  it("are those that differ: metadata, schema and licence", () => {
    expect(changedDocuments(side("A"), side("A"))).toEqual({});
    expect(changedDocuments(side("A"), side("B"))).toEqual({ dataset: expect.objectContaining({ title: "B" }) });
    expect(changedDocuments(side("A"), side("A", { type: "object" }))).toEqual({ schema: { type: "object" } });
    expect(changedDocuments(side("A"), side("A", {}, "paid"))).toEqual({ license: "paid" });
  });
});

describe("Comparisons", () => {
  it("open a workspace for each side, and discard all of them", async () => {
    const discarded: number[] = [];
    let opened = 0;
    const openWorkspace = async (): Promise<Workspace> => {
      const number = opened;
      opened += 1;
      return { ...memoryWorkspace(), discard: async () => void discarded.push(number) };
    };
    const comparisons = new Comparisons({ openWorkspace, openSide: async (entry) => ({ of: entry.version }) as never });
    expect(await comparisons.side({ version: "1.0.0" } as never, {} as never)).toEqual({ of: "1.0.0" });
    await comparisons.workspace();
    await comparisons.close();
    expect([opened, discarded]).toEqual([2, [0, 1]]);
  });
});
