import { describe, expect, it } from "vitest";
import { shownChanges } from "../../../lib/render/shown-changes.ts";
import { planOf } from "../../plan-of.ts";
import { folderOf } from "./folder-of.ts";

describe("shownChanges", () => {
  const changes = { from: "1.0.0", to: "1.1.0", level: "minor", schema: [], tables: { t: { counts: {}, added: [{ id: "a" }] } } };
  const entry = (version: string) => ({ version, date: null, commit: null, level: "minor" as const, manifest: "" });
  const catalogue = { dataset: "d", releases: [entry("1.1.0"), entry("1.0.0")], withdrawn: [], removed: [] };
  const shown = (more: object = {}, bytes = 10, stored: object = changes) =>
    shownChanges({
      ...{ folder: folderOf({ "changes.json": JSON.stringify(stored) }), version: "1.1.0", catalogue, plans: [planOf({})] },
      files: [{ name: "changes.json", title: "", bytes, sha256: "" }],
      ...more,
    } as Parameters<typeof shownChanges>[0]);

  it("returns the changes since the previous release", async () => {
    expect(await shown()).toMatchObject({ from: "1.0.0", to: "1.1.0", records: [{ table: "t", key: "a", kind: "added" }] });
    expect(await shown({}, 2_000_000)).toBeDefined();
  });

  it("returns nothing if there are too many changes, if they are missing, or quote a removed release", async () => {
    const event = { version: "1.0.0", reason: "x", commit: null, date: null };
    expect(await shown({}, 2_000_001)).toBeUndefined();
    expect(await shown({ files: [] })).toBeUndefined();
    expect(await shown({ folder: folderOf({}) })).toBeUndefined();
    expect(await shown({ catalogue: { ...catalogue, removed: [event] } })).toBeUndefined();
    expect(await shown({ catalogue: { ...catalogue, removed: [{ ...event, version: "0.9.0" }] } })).toBeDefined();
  });
});
