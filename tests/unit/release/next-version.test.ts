import { describe, expect, it } from "vitest";
import { majorIsAnnounced } from "../../../lib/release/major-is-announced.ts";
import { nextPatchVersion, nextVersion } from "../../../lib/release/next-version.ts";
import { shrinkingTables } from "../../../lib/release/shrinking-tables.ts";
import { unannouncedBreaks } from "../../../lib/release/unannounced-breaks.ts";

describe("nextVersion", () => {
  it.each([
    [undefined, "first", "1.0.0", "1.0.0"],
    [undefined, "minor", "0.3.0", "0.3.0"],
    ["1.2.3", "first", "1.0.0", "1.0.0"],
    ["1.2.3", "none", "2.0.0", "2.0.0"],
    ["1.2.3", "patch", "1.0.0", "1.2.4"],
    ["1.2.3", "minor", "1.0.0", "1.3.0"],
    ["1.2.3", "major", "1.0.0", "2.0.0"],
    ["1.2.3", "patch", "1.5.0", "1.5.0"],
    ["1.2.3", "patch", "1.2.4", "1.2.4"],
  ] as const)("after %s by %s with the floor %s is %s", (newest, level, floor, next) => {
    expect(nextVersion(newest, level, floor)).toBe(next);
  });

  it("increments the patch version", () => expect(nextPatchVersion("1.9.9")).toBe("1.9.10"));
});

describe("unannouncedBreaks", () => {
  const text = (...args: Parameters<typeof unannouncedBreaks>) =>
    unannouncedBreaks(...args).map(({ file, message, remedy }) => [file, message, remedy]);

  it("is none if nothing breaks, or a higher major version is announced", () => {
    expect(unannouncedBreaks([], "1.2.0", "1.0.0")).toEqual([]);
    expect(unannouncedBreaks(["rivers: a is gone"], "1.2.0", "2.0.0")).toEqual([]);
    expect([majorIsAnnounced("1.9.0", "2.0.0"), majorIsAnnounced("1.9.0", "1.10.0"), majorIsAnnounced("2.0.0", "1.0.0")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("names what breaks, the next major version and the remedies", () => {
    const [[file, message, remedy] = []] = text(["one.csv is gone", "the type of x is another"], "1.2.0", "1.0.0");
    expect([file, message]).toEqual([
      "dataset.json",
      "This breaks readers, and 2.0.0 is not announced: one.csv is gone; the type of x is another",
    ]);
    expect(remedy).toContain('set release.version to "2.0.0"');
    expect(remedy).not.toContain("may-go");
    expect(remedy).not.toContain("withdraw ");
  });

  it("suggests a withdrawal that would make the change compatible", () => {
    expect(text(["rivers: a is gone"], "1.2.0", "1.0.0", "1.1.0")[0]?.[2]).toContain(
      'or withdraw 1.1.0 in this commit if it was a mistake ("withdrawn": [{ "version": "1.1.0", "reason": "..." }]',
    );
  });

  it("suggests the policy that records may disappear only if records are removed", () => {
    for (const sentence of ["rivers: a is gone", "rivers: 2 are gone: a, b\nc"])
      expect(text(["x", sentence], "1.0.0", "1.0.0")[0]?.[2]).toMatch(/declare it once: "records": "may-go" in the block "release"\.$/);
    for (const sentence of ["rivers.csv is gone", "rivers: a column is gone from it", "a: b"])
      expect(text([sentence], "1.0.0", "1.0.0")[0]?.[2]?.includes("may-go"), sentence).toBe(sentence.startsWith("rivers: "));
  });
});

describe("shrinkingTables", () => {
  const said = (before: number, lost: number, release: Parameters<typeof shrinkingTables>[1] = {}) => {
    const active = { before, after: before - lost, lost };
    const table = {
      counts: { added: 0, changed: 0, replaced: 0, removed: 0 },
      added: [],
      changed: [],
      replaced: [],
      removed: [],
      spools: {},
    };
    return shrinkingTables({ tables: { rivers: { ...table, active } } }, release);
  };

  it("is a problem if a table loses more than a tenth, and ten records or more", () => {
    expect(said(99, 10)).toMatchObject([
      {
        file: "dataset.json",
        message: "The change removes or deprecates 10 of 99 rivers, more than 10 %",
        remedy: expect.stringContaining('"shrinks": { "rivers": 89 }'),
      },
    ]);
    expect(said(100, 10)).toEqual([]);
    expect(said(9, 9)).toEqual([]);
    expect(said(10, 10)).toHaveLength(1);
  });

  it("uses the share that the dataset declares, and accepts a confirmed number of records", () => {
    expect(said(100, 50, { shrinkPercent: 50 })).toEqual([]);
    expect(said(100, 51, { shrinkPercent: 50 })).toHaveLength(1);
    expect(said(100, 10, { shrinkPercent: 0 })).toHaveLength(1);
    expect(said(100, 60, { shrinks: { rivers: 40 } })).toEqual([]);
    expect(said(100, 60, { shrinks: { rivers: 41, others: 40 } })).toHaveLength(1);
  });
});
