import { describe, expect, it } from "vitest";
import { jobFor } from "../../../lambdas/receive/job.ts";
import type { ForgeEvent } from "../../../lib/ports/forge.ts";

const sha = "a".repeat(40);
const job = (event: ForgeEvent) => jobFor(event, { delivery: "d-1", branch: "main" });
const message = { sha, delivery: "d-1" };

describe("what an event leads to", () => {
  it.each<[string, ForgeEvent, ReturnType<typeof jobFor>]>([
    ["a push to the published branch", { kind: "push", branch: "main", sha }, { queue: "publish", message }],
    ["a push to another branch", { kind: "push", branch: "side", sha }, { queue: "validate", message: { ...message, branch: "side" } }],
    ["a merge group of the published branch", { kind: "merge-group", branch: "main", sha }, { queue: "validate", message }],
    ["a merge group of another branch", { kind: "merge-group", branch: "side", sha }, { ignored: "it is about another branch" }],
    ["a pull request", { kind: "pull", branch: "main", sha, pull: 7 }, { queue: "validate", message: { ...message, pull: 7 } }],
    ["a pull request without a number", { kind: "pull", branch: "main", sha }, { queue: "validate", message }],
    ["a pull request into another branch", { kind: "pull", branch: "side", sha, pull: 7 }, { ignored: "it is about another branch" }],
    ["a rerun of what was published", { kind: "rerun", sha, name: "Factpress publish", branch: "side" }, { queue: "publish", message }],
    ["a rerun on the published branch", { kind: "rerun", sha, branch: "main" }, { queue: "publish", message }],
    [
      "a rerun of a check",
      { kind: "rerun", sha, name: "Factpress", branch: "side", pull: 7 },
      { queue: "validate", message: { ...message, pull: 7, again: true } },
    ],
    ["a rerun of nothing known", { kind: "rerun", sha }, { queue: "validate", message: { ...message, again: true } }],
    ["anything else", { kind: "other", reason: "a star" }, { ignored: "a star" }],
  ])("of %s", (_what, event, expected) => {
    expect(job(event)).toEqual(expected);
  });
});
