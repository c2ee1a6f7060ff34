import { describe, expect, it } from "vitest";
import { FIRST_FORMATS } from "../../../lib/contract/first-formats.ts";
import { baseAfterControls } from "../../../lib/release/base-after-controls.ts";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { entryFormats } from "../../../lib/release/entry-formats.ts";
import { hasControls } from "../../../lib/release/has-controls.ts";
import { missingVersion } from "../../../lib/release/missing-version.ts";
import { recordedCommits } from "../../../lib/release/recorded-commits.ts";

const entry = (version: string, commit: string | null = null): Catalogue["releases"][number] => ({
  ...{ version, date: null, commit, level: "patch", manifest: "" },
});
const note = (version: string, reason = "wrong") => ({ version, reason });
const event = (version: string, reason: string | null = "wrong", commit: string | null = null) => ({ version, reason, commit, date: null });
const three = (more: Partial<Catalogue> = {}): Catalogue => ({
  ...emptyCatalogue("d"),
  releases: ["1.2.0", "1.1.0", "1.0.0"].map((version) => entry(version)),
  ...more,
});

describe("baseAfterControls", () => {
  const found = (before: Catalogue, release: NonNullable<Parameters<typeof baseAfterControls>[1]>) => {
    const base = baseAfterControls(before, release);
    return base && { ...base, entry: base.entry.version, newest: base.newest.version, catalogue: base.catalogue.withdrawn.length };
  };

  it("is the newest release, which has the content of the branch", () => {
    expect(found(three(), {})).toEqual({
      ...{ entry: "1.2.0", newest: "1.2.0", catalogue: 0, reinstated: [], isOfBranch: true, mayKeepContent: false },
    });
  });

  it("is undefined before the first release", () => {
    expect(baseAfterControls(emptyCatalogue("d"), {})).toBeUndefined();
  });

  it("is an older release if the change withdraws or removes the newest", () => {
    const older = { entry: "1.1.0", newest: "1.2.0", reinstated: [], isOfBranch: false, mayKeepContent: true };
    expect(found(three(), { withdrawn: [note("1.2.0")] })).toEqual({ ...older, catalogue: 1 });
    expect(found(three(), { removed: [note("1.2.0")] })).toEqual({ ...older, catalogue: 0 });
    expect(found(three({ withdrawn: [event("1.2.0")] }), { withdrawn: [note("1.2.0")] })).toEqual({ ...older, catalogue: 1 });
    expect(found(three(), { withdrawn: [note("1.0.0")] })).toMatchObject({ entry: "1.2.0", isOfBranch: true, mayKeepContent: false });
  });

  it("lists a release as reinstated if the change ends its withdrawal", () => {
    expect(found(three({ withdrawn: [event("1.2.0")] }), {})).toEqual({
      ...{ entry: "1.2.0", newest: "1.2.0", catalogue: 2, reinstated: ["1.2.0"], isOfBranch: false, mayKeepContent: false },
    });
    expect(found(three({ withdrawn: [event("1.1.0"), event("1.2.0")] }), { withdrawn: [note("1.2.0")] })).toMatchObject({
      ...{ entry: "1.1.0", reinstated: ["1.1.0"], isOfBranch: false, mayKeepContent: false },
    });
    expect(found(three({ withdrawn: [event("1.1.0")] }), {})).toMatchObject({ entry: "1.2.0", reinstated: ["1.1.0"], isOfBranch: false });
  });
});

describe("hasControls", () => {
  it("is true if the block withdraws or removes a release", () => {
    expect(hasControls({})).toBe(false);
    expect(hasControls({ withdrawn: [], removed: [] })).toBe(false);
    expect(hasControls({ withdrawn: [note("1.0.0")] })).toBe(true);
    expect(hasControls({ removed: [note("1.0.0")] })).toBe(true);
  });
});

describe("entryFormats", () => {
  it("are omitted if they are the default", () => {
    expect(entryFormats({})).toEqual({});
    expect(Object.keys(entryFormats({}))).toEqual([]);
    expect(entryFormats({ formats: [...FIRST_FORMATS] })).toEqual({});
    expect(entryFormats({ formats: ["csv", "json"] })).toEqual({ formats: ["csv", "json"] });
    expect(entryFormats({ formats: [...FIRST_FORMATS, "zip"] })).toEqual({ formats: [...FIRST_FORMATS, "zip"] });
  });
});

describe("recordedCommits", () => {
  it("are those of the newest release and of the last events", () => {
    expect(recordedCommits(emptyCatalogue("d"))).toEqual([]);
    const releases = [entry("1.1.0", "b"), entry("1.0.0", "a")];
    expect(recordedCommits({ ...emptyCatalogue("d"), releases })).toEqual(["b"]);
    const withdrawn = [event("1.0.0", "x", "c"), event("1.0.0", null, "d")];
    expect(recordedCommits({ dataset: "d", releases, withdrawn, removed: [event("1.0.0", "x", null)] })).toEqual(["b", "d", null]);
  });
});

describe("missingVersion", () => {
  it("explains what to write, and how to end a dataset", () => {
    expect(missingVersion("1.2.0")).toMatchObject({
      file: "dataset.json",
      message: "dataset.json no longer has release.version: a published dataset cannot become a draft again",
      remedy:
        'Put it back: "version": "1.2.0" in the block "release". To end the dataset, keep the version, give the reason as "ended" in the same block, and delete the folder in a later commit. If no version was published yet, squash this commit with the one that named it (git rebase -i).',
    });
  });
});
