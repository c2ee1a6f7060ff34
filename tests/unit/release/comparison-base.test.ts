import { describe, expect, it } from "vitest";
import type { Catalogue, CatalogueEntry } from "../../../lib/release/catalogue.ts";
import { comparedEntry } from "../../../lib/release/compared-entry.ts";
import { comparisonBase, comparisonBaseCandidates } from "../../../lib/release/comparison-base.ts";
import { reinstatedReleases } from "../../../lib/release/reinstated-releases.ts";

const event = (version: string, reason: string | null = "wrong") => ({ version, reason, commit: null, date: null });
const entry = (version: string, comparedWith?: string): CatalogueEntry => ({
  ...{ version, date: null, commit: null, level: "minor", manifest: "" },
  ...(comparedWith === undefined ? {} : { comparedWith }),
});
const catalogue = (releases: CatalogueEntry[], events: Partial<Pick<Catalogue, "withdrawn" | "removed">> = {}): Catalogue => ({
  ...{ dataset: "d", releases, withdrawn: [], removed: [] },
  ...events,
});
const three = [entry("1.2.0"), entry("1.1.0"), entry("1.0.0")];

describe("comparisonBase", () => {
  it("is the newest release that is neither withdrawn nor removed", () => {
    const base = (events: Partial<Pick<Catalogue, "withdrawn" | "removed">>) => comparisonBase(catalogue(three, events))?.version;
    expect(base({})).toBe("1.2.0");
    expect(base({ withdrawn: [event("1.2.0")] })).toBe("1.1.0");
    expect(base({ withdrawn: [event("1.2.0")], removed: [event("1.1.0")] })).toBe("1.0.0");
    expect(base({ withdrawn: [event("1.2.0"), event("1.2.0", null)] })).toBe("1.2.0");
  });

  it("is the newest of all if none is in force, and undefined in an empty catalogue", () => {
    expect(comparisonBase(catalogue(three, { removed: three.map(({ version }) => event(version)) }))?.version).toBe("1.2.0");
    expect(comparisonBase(catalogue([]))).toBeUndefined();
  });
});

describe("reinstatedReleases", () => {
  it("returns only the versions whose withdrawal ends", () => {
    const before = catalogue(three, { withdrawn: [event("1.1.0"), event("1.0.0")] });
    const after = catalogue(three, { withdrawn: [event("1.1.0"), event("1.0.0"), event("1.1.0", null), event("1.2.0")] });
    expect(reinstatedReleases(before, after)).toEqual(["1.1.0"]);
    expect(reinstatedReleases(after, after)).toEqual([]);
    expect(reinstatedReleases(after, before)).toEqual(["1.2.0"]);
  });
});

describe("comparisonBaseCandidates", () => {
  it("names the newer releases that were compared with an older one", () => {
    const releases = [entry("1.4.0"), entry("1.3.0", "1.0.0"), entry("1.2.0", "1.0.0"), ...three.slice(1)];
    expect(comparisonBaseCandidates(catalogue(releases), "1.1.0").map(({ version }) => version)).toEqual(["1.3.0", "1.2.0"]);
    expect(comparisonBaseCandidates(catalogue(releases), "1.2.0").map(({ version }) => version)).toEqual(["1.3.0"]);
    expect(comparisonBaseCandidates(catalogue(releases), "1.0.0")).toEqual([]);
    expect(comparisonBaseCandidates(catalogue(releases), "9.9.9")).toEqual([]);
  });
});

describe("comparedEntry", () => {
  it("is the release that an entry names, or the one before it", () => {
    const releases = [entry("1.4.0"), entry("1.3.0", "1.0.0"), ...three.slice(1)];
    const compared = (version: string) => comparedEntry(catalogue(releases), version)?.version;
    expect([compared("1.4.0"), compared("1.3.0"), compared("1.1.0"), compared("1.0.0"), compared("2.0.0")]).toEqual([
      "1.3.0",
      "1.0.0",
      "1.0.0",
      undefined,
      undefined,
    ]);
    expect(comparedEntry(catalogue([entry("1.1.0", "1.2.0"), entry("1.0.0")]), "1.1.0")).toBeUndefined();
    const newer = catalogue([entry("1.3.0"), entry("1.2.0"), entry("1.1.0", "1.2.0"), entry("1.0.0")]);
    expect(comparedEntry(newer, "1.1.0")).toBeUndefined();
    expect(comparedEntry(catalogue([entry("1.1.0", "1.1.0"), entry("1.0.0")]), "1.1.0")).toBeUndefined();
  });
});
