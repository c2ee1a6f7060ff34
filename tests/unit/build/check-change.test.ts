import { describe, expect, it } from "vitest";
import { memoryWorkspace } from "../../../lib/adapters/memory/memory-workspace.ts";
import { sqlThreadWith } from "../../../lib/adapters/threads/sql-thread.ts";
import { type Base, checkChange } from "../../../lib/build/check-change.ts";
import { openBase } from "../../../lib/build/open-base.ts";
import type { Source, Workspace } from "../../../lib/ports/ports.ts";
import { UnreadableSourceError } from "../../../lib/ports/unreadable-source-error.ts";
import { memorySource } from "../../memory-source.ts";
import { RUNTIME } from "../../runtime.ts";

const dataset = (
  records: object[],
  release: object = { version: "1.0.0" },
  title = "D",
  files: Record<string, string | object> = {},
): Source =>
  memorySource({
    "dataset.json": { name: "d", title, description: "d", licenses: [{ name: "CC0-1.0" }], release },
    "schema.json": {
      type: "object",
      properties: {
        t: {
          type: "array",
          primaryKey: ["id"],
          items: { type: "object", required: ["id"], properties: { id: { type: "string" }, value: { type: "string" } } },
        },
      },
    },
    "t.json": records,
    ...files,
  });
const rows = (count: number, value = "1"): object[] => Array.from({ length: count }, (_, i) => ({ id: `k${i}`, value }));
const known = (source: Source, name = "main"): Promise<Base> => openBase(name, source, RUNTIME, memoryWorkspace());

/** Checks a dataset against a base. Fails unless every workspace was discarded. */
async function checked(source: Source, base?: Base) {
  const open = new Set<Workspace>();
  const openWorkspace = async (): Promise<Workspace> => {
    const workspace: Workspace = { ...memoryWorkspace(), discard: async () => void open.delete(workspace) };
    open.add(workspace);
    return workspace;
  };
  const findBase = base && (async (openAnother: () => Promise<Workspace>) => openAnother().then(() => base));
  const found = await checkChange(source, { ...RUNTIME, openWorkspace }, { folder: "d", findBase });
  expect(open.size).toBe(0);
  return found;
}

describe("openBase", () => {
  it("returns what readers have, and the version that it names", async () => {
    expect(await known(dataset(rows(1)))).toMatchObject({ kind: "known", name: "main", version: "1.0.0" });
    expect(await known(dataset(rows(1), {}))).toMatchObject({ kind: "known", version: undefined });
  });

  it("returns an unknown base if it has problems itself, and fails if it cannot be read", async () => {
    expect(await known(dataset([{ id: 1 }]))).toEqual({ kind: "unknown", why: "main has problems itself", isInvalid: true });
    const source = dataset([]);
    const failing = (error: Error): Source => ({ ...source, list: () => Promise.reject(error) });
    expect((await known(failing(new UnreadableSourceError("a link")))).kind).toBe("unknown");
    const unreadable = (error: Error): Source => ({
      ...source,
      read: () => {
        throw error;
      },
    });
    expect(await known(unreadable(new UnreadableSourceError("t.json is a link")))).toEqual({
      kind: "unknown",
      why: "main has problems itself: t.json is a link",
      isInvalid: true,
    });
    await expect(known(unreadable(new Error("no network")))).rejects.toThrow("no network");
  });

  it("returns an unknown base that is not invalid if its check did not complete", async () => {
    const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS id FROM n ORDER BY id";
    const source = dataset(rows(1), undefined, undefined, {
      "views/v.sql": endless,
      "views/v.json": {
        type: "array",
        primaryKey: ["id"],
        items: { type: "object", required: ["id"], properties: { id: { type: "integer" } } },
      },
    });
    const slow = { ...RUNTIME, startSql: () => sqlThreadWith(0.001) };
    const base = await openBase("main", source, slow, memoryWorkspace());
    expect(base).toEqual({ kind: "unknown", why: expect.stringMatching(/^main could not be checked: .*took too long/) });
    expect(await checked(dataset(rows(1)), base)).toMatchObject({ notCompared: expect.stringContaining("could not be checked") });
    expect(await checked(dataset(rows(1)), base)).not.toHaveProperty("isBaseInvalid");
  });
});

const draftAgain = "dataset.json no longer has release.version: a published dataset cannot become a draft again";

describe("checkChange", () => {
  it("reports no changes without a base, or with problems", async () => {
    const alone = await checked(dataset(rows(2)));
    expect([alone.problemCount, alone.records.get("t"), "change" in alone, "notCompared" in alone]).toEqual([0, 2, false, false]);
    const broken = await checked(dataset([{ id: 1 }]), await known(dataset(rows(1))));
    expect([broken.problemCount, "change" in broken]).toEqual([1, false]);
  });

  it("explains why nothing was compared, except for a new dataset", async () => {
    expect((await checked(dataset(rows(1)), { kind: "unknown", why: "no branch" })).notCompared).toBe("no branch");
    const found = await checked(dataset(rows(1)), { kind: "new", name: "main" });
    expect(["change" in found, "notCompared" in found]).toEqual([false, false]);
  });

  it("describes what changes for readers", async () => {
    const { change } = await checked(dataset(rows(2)), await known(dataset(rows(1))));
    expect(change).toMatchObject({ level: "minor", summary: "1 record of t added", problems: [], warnings: [] });
    expect(change?.markdown).toBe("# D\n\nSince main: **minor**. 1 record of t added.\n\n## t\n\n- added `k1` 1\n");
    expect((await checked(dataset(rows(1)), await known(dataset(rows(1))))).change?.level).toBe("none");
  });

  it("fails when a change breaks readers unannounced, if the base names a version", async () => {
    const problems = async (now: Source, before: Source) =>
      (await checked(now, await known(before))).change?.problems.map(({ message }) => message);
    const gone = "This breaks readers, and 2.0.0 is not announced: t: k1 is gone";
    expect(await problems(dataset(rows(1)), dataset(rows(2)))).toEqual([gone]);
    expect(await problems(dataset(rows(1), { version: "2.0.0" }), dataset(rows(2)))).toEqual([]);
    expect(await problems(dataset(rows(1), {}), dataset(rows(1)))).toEqual([draftAgain]);
    expect(await problems(dataset(rows(1)), dataset(rows(2), {}))).toEqual([]);
    const mayGo = { version: "1.0.0", records: "may-go" };
    expect(await problems(dataset(rows(1), mayGo), dataset(rows(2), mayGo))).toEqual([]);
  });

  it("fails when a table shrinks, if a version is named, and warns if a column changes in most records", async () => {
    const before = dataset(rows(30), { version: "1.0.0", records: "may-go" });
    const shrunk = async (release: object) =>
      (await checked(dataset(rows(15), release), await known(before))).change?.problems.map(({ message }) => message);
    expect(await shrunk({ version: "1.0.0", records: "may-go" })).toEqual(["The change removes or deprecates 15 of 30 t, more than 10 %"]);
    expect(await shrunk({ records: "may-go" })).toEqual([draftAgain]);
    const { change } = await checked(dataset(rows(30, "2")), await known(dataset(rows(30))));
    expect(change?.warnings.map(({ file, message }) => [file, message])).toEqual([
      ["t.json", '30 of 30 t change in value, such as "1" → "2"'],
    ]);
  });
});
