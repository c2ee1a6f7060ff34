import { describe, expect, it } from "vitest";
import { commitControl } from "../../../lib/publish/commit-control.ts";

describe("commitControl", () => {
  it("has the withdrawals and removals in dataset.json of a commit", () => {
    const commit = { id: "c", date: "2026-01-02T00:00:00Z", tree: "t" };
    const release = { withdrawn: [{ version: "1.0.0", reason: "x" }] };
    expect(commitControl({ commit, dataset: { metadata: { release } } as never })).toEqual({ commit: "c", date: commit.date, release });
    expect(commitControl({ commit, dataset: { metadata: {} } as never }).release).toEqual({});
  });
});
