import { describe, expect, it } from "vitest";
import { aliasChanges } from "../../../lib/release/alias-changes.ts";
import { aliasEntries } from "../../../lib/release/alias-entries.ts";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { catalogueInState, catalogueState } from "../../../lib/release/catalogue-state.ts";

const entry = (version: string, date: string | null = null): Catalogue["releases"][number] => ({
  ...{ version, date, commit: null, level: "patch", manifest: "" },
});
const event = (version: string, reason: string | null = "wrong") => ({ version, reason, commit: null, date: null });
const catalogue = (releases: Catalogue["releases"], more: Partial<Catalogue> = {}): Catalogue => ({
  ...emptyCatalogue("d"),
  releases,
  ...more,
});
const entriesOf = (...args: Parameters<typeof catalogue>): Record<string, string> => Object.fromEntries(aliasEntries(catalogue(...args)));

describe("aliasEntries", () => {
  it("lead to the newest release as a whole, of each major and of each minor", () => {
    expect(entriesOf([entry("2.0.1"), entry("1.10.0"), entry("2.0.0"), entry("1.9.0")])).toEqual({
      "d/2.0.1": "listed",
      "d/1.10.0": "listed",
      "d/2.0.0": "listed",
      "d/1.9.0": "listed",
      "d/2": "2.0.1",
      "d/2.0": "2.0.1",
      "d/1": "1.10.0",
      "d/1.10": "1.10.0",
      "d/1.9": "1.9.0",
      "d/latest": "2.0.1",
    });
  });

  it("skip withdrawn and removed releases, whose addresses are kept", () => {
    const entries = entriesOf([entry("1.2.0"), entry("1.1.0"), entry("1.0.0")], {
      withdrawn: [event("1.1.0"), event("1.2.0"), event("1.1.0", null)],
      removed: [event("1.0.0", "x".repeat(400))],
    });
    expect(entries).toEqual({
      "d/1.2.0": "listed",
      "d/1.1.0": "listed",
      "d/1.0.0": `removed ${"x".repeat(300)}`,
      "d/1": "1.1.0",
      "d/1.1": "1.1.0",
      "d/latest": "1.1.0",
    });
  });

  it("are empty for an empty catalogue", () => {
    expect(entriesOf([])).toEqual({});
  });

  it("name the release at the start of each month and after each day, across the end of a year", () => {
    const entries = entriesOf([
      entry("1.3.0", "2025-02-28T23:00:00Z"),
      entry("1.2.0", "2024-12-31T10:00:00Z"),
      entry("1.1.1"),
      entry("1.1.0", "2024-11-07T11:00:00Z"),
      entry("1.0.1", "2024-11-07T10:00:00Z"),
      entry("1.0.0", "2024-11-01T10:00:00Z"),
    ]);
    expect(Object.fromEntries(Object.entries(entries).filter(([key]) => key.includes("as-of")))).toEqual({
      "d/as-of/2024-11": "01 1.0.0;07 1.1.0",
      "d/as-of/2024-12": "00 1.1.0;31 1.2.0",
      "d/as-of/2025-01": "00 1.2.0",
      "d/as-of/2025-02": "00 1.2.0;28 1.3.0",
      "d/as-of": "2024-11 2025-02",
    });
  });

  it("count months of September and October by two digits", () => {
    const keys = Object.keys(entriesOf([entry("1.1.0", "2024-10-02T00:00:00Z"), entry("1.0.0", "2024-08-01T00:00:00Z")]));
    expect(keys.filter((key) => key.includes("as-of/"))).toEqual(["d/as-of/2024-08", "d/as-of/2024-09", "d/as-of/2024-10"]);
  });
});

describe("an earlier state of a catalogue", () => {
  const now = catalogue([entry("1.2.0"), entry("1.1.0"), entry("1.0.0")], {
    withdrawn: [event("1.0.0"), event("1.1.0")],
    removed: [event("1.0.0"), event("1.2.0")],
  });

  it("has its oldest releases and its first events", () => {
    expect(catalogueState(now)).toEqual({ releases: 3, withdrawn: 2, removed: 2 });
    expect(catalogueInState(now, catalogueState(now))).toEqual(now);
    expect(catalogueInState(now, { releases: 2, withdrawn: 1, removed: 1 })).toEqual(
      catalogue([entry("1.1.0"), entry("1.0.0")], { withdrawn: [event("1.0.0")], removed: [event("1.0.0")] }),
    );
    expect(catalogueInState(now, { releases: 0, withdrawn: 0, removed: 0 })).toEqual(catalogue([]));
  });

  it.each([
    { releases: 4, withdrawn: 0, removed: 0 },
    { releases: 0, withdrawn: 3, removed: 0 },
    { releases: 0, withdrawn: 0, removed: 3 },
  ])("is undefined if it has more than the catalogue: %j", (state) => {
    expect(catalogueInState(now, state)).toBeUndefined();
  });
});

describe("aliasChanges", () => {
  it("are the keys that differ between states, with their last value", () => {
    const states = [
      { same: "1", changed: "1", gone: "1" },
      { same: "1", changed: "2", gone: "1", between: "1" },
      { same: "1", changed: "2", new: "1" },
    ].map((state) => new Map(Object.entries(state)));
    expect(Object.fromEntries(aliasChanges(states))).toEqual({ changed: "2", gone: undefined, between: undefined, new: "1" });
    expect(aliasChanges(states.slice(0, 1)).size).toBe(0);
    expect(aliasChanges([]).size).toBe(0);
  });
});
