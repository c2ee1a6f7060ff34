import { describe, expect, it } from "vitest";
import { type Catalogue, emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { releasesInForce } from "../../../lib/release/releases-in-force.ts";
import { removedReason } from "../../../lib/release/removed-reason.ts";
import { unknownVersions } from "../../../lib/release/unknown-versions.ts";
import { type Control, withControls } from "../../../lib/release/with-controls.ts";
import { withdrawnReason } from "../../../lib/release/withdrawn-reason.ts";

const entry = (version: string): Catalogue["releases"][number] => ({
  ...{ version, date: null, commit: null, level: "patch", manifest: "" },
});
const event = (version: string, reason: string | null, commit: string | null = null) => ({ version, reason, commit, date: null });
const three = (more: Partial<Catalogue> = {}): Catalogue => ({
  ...emptyCatalogue("d"),
  releases: ["1.2.0", "1.1.0", "1.0.0"].map(entry),
  ...more,
});
const control = (commit: string | null, release: Control["release"]): Control => ({
  commit,
  date: commit && `2024-01-0${commit}`,
  release,
});
const withdrawn = (...items: [string, string][]) => ({ withdrawn: items.map(([version, reason]) => ({ version, reason })) });

describe("releasesInForce", () => {
  const inForce = (more: Partial<Catalogue>): string[] => releasesInForce(three(more)).map(({ version }) => version);

  it("are neither withdrawn nor removed", () => {
    expect(inForce({})).toEqual(["1.2.0", "1.1.0", "1.0.0"]);
    expect(inForce({ withdrawn: [event("1.2.0", "w")], removed: [event("1.0.0", "r")] })).toEqual(["1.1.0"]);
    expect(inForce({ withdrawn: [event("1.2.0", "w"), event("1.2.0", null)] })).toEqual(["1.2.0", "1.1.0", "1.0.0"]);
  });

  it("exclude removed releases, even if their withdrawal ended", () => {
    expect(inForce({ withdrawn: [event("1.2.0", "w"), event("1.2.0", null)], removed: [event("1.2.0", "r")] })).toEqual(["1.1.0", "1.0.0"]);
  });

  it("have the newest reason of each", () => {
    const catalogue = three({ withdrawn: [event("1.2.0", "a"), event("1.2.0", "b"), event("1.1.0", "c"), event("1.1.0", null)] });
    expect([withdrawnReason(catalogue, "1.2.0"), withdrawnReason(catalogue, "1.1.0"), removedReason(catalogue, "1.2.0")]).toEqual([
      "b",
      undefined,
      undefined,
    ]);
  });
});

describe("withControls", () => {
  it("records the events of a commit, once, with its commit and date", () => {
    const first = withControls(three(), [control("1", withdrawn(["1.1.0", "wrong"]))]);
    expect(first.withdrawn).toEqual([{ version: "1.1.0", reason: "wrong", commit: "1", date: "2024-01-01" }]);
    expect(withControls(first, [control("1", withdrawn(["1.1.0", "wrong"])), control("2", withdrawn(["1.1.0", "wrong"]))])).toEqual(first);
  });

  it("records a new reason, and the end of a withdrawal", () => {
    const found = withControls(three(), [
      control("1", withdrawn(["1.1.0", "a"], ["1.0.0", "x"])),
      control("2", withdrawn(["1.1.0", "b"])),
      control("3", {}),
      control("4", {}),
    ]);
    expect(found.withdrawn.map(({ version, reason, commit }) => [version, reason, commit])).toEqual([
      ["1.1.0", "a", "1"],
      ["1.0.0", "x", "1"],
      ["1.1.0", "b", "2"],
      ["1.0.0", null, "2"],
      ["1.1.0", null, "3"],
    ]);
  });

  it("never reverts a removal", () => {
    const found = withControls(three(), [control("1", { removed: [{ version: "1.0.0", reason: "r" }] }), control("2", {})]);
    expect(found.removed).toEqual([{ version: "1.0.0", reason: "r", commit: "1", date: "2024-01-01" }]);
  });

  it("continues after the last commit that it recorded", () => {
    const stored = three({ withdrawn: [event("1.1.0", "a", "1"), event("1.1.0", null, "2")], removed: [event("1.0.0", "r", "3")] });
    const controls = [
      control("1", withdrawn(["1.1.0", "a"])),
      control("2", {}),
      control("3", { removed: [{ version: "1.0.0", reason: "r" }] }),
      control("4", withdrawn(["1.2.0", "b"])),
    ];
    expect(withControls(stored, controls).withdrawn.slice(2)).toMatchObject([{ version: "1.2.0", commit: "4" }]);
    expect(withControls(stored, controls).removed).toEqual(stored.removed);
    // A commit that is not known changes nothing: events without one are compared with the current ones.
    expect(withControls(three({ withdrawn: [event("1.1.0", "a")] }), [control(null, withdrawn(["1.1.0", "a"]))]).withdrawn).toHaveLength(1);
  });

  it("uses the last of two reasons in one commit, and ignores unlisted versions", () => {
    const found = withControls(three(), [control("1", withdrawn(["1.1.0", "a"], ["1.1.0", "b"], ["9.0.0", "c"]))]);
    expect(found.withdrawn.map(({ version, reason }) => [version, reason])).toEqual([["1.1.0", "b"]]);
  });
});

describe("unknownVersions", () => {
  it("are those that a commit withdraws or removes although the catalogue does not list them", () => {
    const release = { ...withdrawn(["1.1.0", "a"], ["9.0.0", "b"]), removed: [{ version: "8.0.0", reason: "c" }] };
    expect(unknownVersions(three(), control("1", release))).toEqual(["9.0.0", "8.0.0"]);
    expect(unknownVersions(three(), control("1", {}))).toEqual([]);
  });
});
