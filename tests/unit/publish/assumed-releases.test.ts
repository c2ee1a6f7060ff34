import { describe, expect, it } from "vitest";
import { assumedReleases } from "../../../lib/publish/assumed-releases.ts";
import { Branch } from "../../protocol/world.ts";
import { RUNTIME } from "../../runtime.ts";

describe("assumedReleases", () => {
  const assumed = async (history: Branch) => assumedReleases({ dataset: "d", history, runtime: RUNTIME });

  it("are the releases that each commit would make", async () => {
    const state = await assumed(
      new Branch().push({ records: { a: "1" } }, { records: { a: "1", b: "1" } }, { records: { a: "2", b: "1" } }),
    );
    expect(state?.catalogue.releases.map(({ version }) => version)).toEqual(["1.1.1", "1.1.0", "1.0.0"]);
    expect(state?.content).toBe("1.1.1");
  });

  it("are unknown for a long history", async () => {
    const commits = Array.from({ length: 101 }, (_, i) => ({ records: { a: `${i}` } }));
    expect(await assumed(new Branch().push(...commits))).toBeUndefined();
  });
});
