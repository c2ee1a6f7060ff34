import { describe, expect, it } from "vitest";
import { versionState } from "../../../../lib/site/page/version-state.ts";

describe("versionState", () => {
  it("names what happened to a version", () => {
    const event = (version: string, reason: string | null = "x") => ({ version, reason, commit: null, date: null });
    const catalogue = {
      dataset: "d",
      releases: [],
      withdrawn: [event("1.0.0"), event("1.1.0"), event("1.2.0"), event("1.2.0", null)],
      removed: [event("1.1.0")],
    };
    expect(["1.0.0", "1.1.0", "1.2.0", "1.3.0"].map((version) => versionState(catalogue, version))).toEqual([
      " (withdrawn)",
      " (removed)",
      "",
      "",
    ]);
  });
});
