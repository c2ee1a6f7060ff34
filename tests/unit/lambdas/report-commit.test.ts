import { describe, expect, it } from "vitest";
import type { CommitReport } from "../../../lambdas/validate/check-changed-datasets.ts";
import { reportCommit, reportIncompleteCommit } from "../../../lambdas/validate/report-commit.ts";
import { ForgeError } from "../../../lib/ports/forge-error.ts";
import { forgeOf, observeLogs, SHA } from "./told-forge.ts";

const logged = observeLogs();
const forgeError = (reason: "refused" | "missing" | "unavailable") => new ForgeError("no", { reason, publicMessage: "no" });

describe("reportCommit", () => {
  const report = { verdict: { conclusion: "failure", problemCount: 3 }, comment: "Hello @you", datasets: ["d"] } as unknown as CommitReport;

  it("reports the verdict, and writes to at most five pull requests", async () => {
    const { context, reported, comments } = forgeOf();
    await reportCommit(context, { sha: SHA }, report, [1, 2, 3, 4, 5, 6]);
    expect(reported).toEqual(["a Factpress failure"]);
    expect(comments.map((text) => text.slice(0, 2))).toEqual(["1:", "2:", "3:", "4:", "5:"]);
    expect(comments[0]).toBe(`1: Hello @\u200byou\n\nFor ${SHA}.`);
    expect([logged.counted, logged.lines]).toEqual([["Problems 3"], ["info: verdict"]]);
    await reportCommit(context, { sha: SHA, again: true }, report, []);
    expect(reported[1]).toBe("a Factpress failure again");
  });

  it("only logs that a comment failed", async () => {
    const { context, reported } = forgeOf({ comment: () => Promise.reject(forgeError("refused")) });
    await reportCommit(context, { sha: SHA }, report, [1, 2]);
    expect([reported.length, logged.lines]).toEqual([1, ["warn: no comment", "warn: no comment", "info: verdict"]]);
    const broken = forgeOf({ comment: () => Promise.reject(new Error("bug")) });
    await expect(reportCommit(broken.context, { sha: SHA }, report, [1])).rejects.toThrow("bug");
  });
});

describe("reportIncompleteCommit", () => {
  it("reports that the check did not complete, unless there is a verdict", async () => {
    const { context, reported } = forgeOf();
    await reportIncompleteCommit(context, { sha: SHA }, "why");
    expect([reported, logged.counted, logged.lines]).toEqual([["a Factpress failure"], ["Incomplete 1"], ["warn: verdict"]]);
    logged.counted = [];
    await reportIncompleteCommit(context, { sha: SHA }, "why", false);
    expect([reported.length, logged.counted]).toEqual([2, []]);
    const known = forgeOf({ hasVerdict: async () => true });
    await reportIncompleteCommit(known.context, { sha: SHA }, "why");
    expect([known.reported, logged.lines.at(-1)]).toEqual([[], "warn: its verdict is kept"]);
    await reportIncompleteCommit(known.context, { sha: SHA, again: true }, "why");
    expect(known.reported).toEqual(["a Factpress failure again"]);
  });

  it("alarms if the forge refuses it, but not if the commit is gone", async () => {
    const failing = (error: Error) => forgeOf({ report: () => Promise.reject(error) }).context;
    await reportIncompleteCommit(failing(forgeError("refused")), { sha: SHA }, "why");
    expect([logged.counted, logged.lines]).toEqual([["RefusedVerdicts 1"], ["error: no verdict can be written"]]);
    logged.counted = [];
    await reportIncompleteCommit(failing(forgeError("missing")), { sha: SHA }, "why");
    expect(logged.counted).toEqual([]);
    await expect(reportIncompleteCommit(failing(forgeError("unavailable")), { sha: SHA }, "why")).rejects.toThrow("no");
    await expect(reportIncompleteCommit(failing(new Error("bug")), { sha: SHA }, "why")).rejects.toThrow("bug");
  });
});
