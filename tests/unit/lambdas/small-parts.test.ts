import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { parseBuildRequest } from "../../../lambdas/build-request.ts";
import { parseCheckRequest } from "../../../lambdas/check-request.ts";
import { hasLargeBuilds } from "../../../lambdas/has-large-builds.ts";
import { logger } from "../../../lambdas/logger.ts";
import { metrics } from "../../../lambdas/metrics.ts";
import { isForBuild } from "../../../lambdas/publish/is-for-build.ts";
import { SourceTooLargeError } from "../../../lambdas/source-too-large-error.ts";
import { sourcesOf } from "../../../lambdas/sources-of.ts";
import { triesOf } from "../../../lambdas/tries-of.ts";
import { allWarnings } from "../../../lambdas/validate/all-warnings.ts";
import type { CommitReport } from "../../../lambdas/validate/check-changed-datasets.ts";
import { reportCommit, reportIncompleteCommit } from "../../../lambdas/validate/report-commit.ts";
import { touchedDatasets } from "../../../lambdas/validate/touched-datasets.ts";
import { validateCommit } from "../../../lambdas/validate/validate-commit.ts";
import type { ForgeContext } from "../../../lambdas/with-forge.ts";
import type { Forge } from "../../../lib/ports/forge.ts";
import { ForgeError } from "../../../lib/ports/forge-error.ts";
import { HistoryTooLongError } from "../../../lib/ports/history-too-long-error.ts";
import { MissingCommitError } from "../../../lib/ports/missing-commit-error.ts";
import { memorySource } from "../../memory-source.ts";

const SHA = "a".repeat(40);
const AT = "2026-01-02T03:04:05Z";
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

/** What is logged, and the metrics that are counted. */
let lines: string[];
let counted: string[];
beforeEach(() => {
  [lines, counted] = [[], []];
  for (const level of ["info", "warn", "error"] as const)
    vi.spyOn(logger, level).mockImplementation((...said) => void lines.push(`${level}: ${String(said[0])}`));
  vi.spyOn(metrics, "addMetric").mockImplementation((name, _unit, count) => {
    counted.push(`${name} ${count}`);
    return metrics;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("requests to builds", () => {
  const request = { tips: [SHA], datasets: ["rivers"], tries: 1, at: AT };
  it("are read as they were written", () => {
    expect(parseBuildRequest(bytes({ ...request, other: 1 }))).toEqual(request);
    expect(parseCheckRequest(bytes({ at: AT }))).toStrictEqual({ at: AT });
    const methods = { merge: true, squash: false, rebase: true };
    expect(parseCheckRequest(bytes({ at: AT, methods: { ...methods, other: 1 } }))).toEqual({ at: AT, methods });
  });

  it.each([
    ["{"],
    ["null"],
    [{ ...request, tips: SHA }],
    [{ ...request, tips: [1] }],
    [{ ...request, datasets: "rivers" }],
    [{ ...request, datasets: ["../x"] }],
    [{ ...request, datasets: [1] }],
    [{ ...request, tries: 0.5 }],
    [{ ...request, tries: "1" }],
    [{ ...request, at: 1 }],
    [{ ...request, at: "soon" }],
  ])("that are damaged are no requests to publish: %j", (value) => {
    expect(parseBuildRequest(bytes(value))).toBeUndefined();
  });

  it.each([["{"], ["null"], [{}], [{ at: 1 }], [{ at: "soon" }]])("that are damaged are no requests to check: %j", (value) => {
    expect(parseCheckRequest(bytes(value))).toBeUndefined();
  });

  it.each([
    [null],
    ["x"],
    [{}],
    [{ merge: true, squash: true }],
    [{ merge: true, squash: "x", rebase: true }],
    [{ merge: 1, squash: true, rebase: true }],
    [{ merge: true, squash: true, rebase: null }],
  ])("have no merge methods if those are damaged: %j", (methods) => {
    expect(parseCheckRequest(bytes({ at: AT, methods }))).toStrictEqual({ at: AT });
  });
});

describe("builds", () => {
  it("are there if the setting says so, for what is too large for a function", () => {
    const errors = [new SourceTooLargeError("x"), new HistoryTooLongError("x"), new Error("x")];
    expect([hasLargeBuilds(), errors.map(isForBuild)]).toEqual([false, [false, false, false]]);
    vi.stubEnv("LARGE_BUILDS", "false");
    expect(hasLargeBuilds()).toBe(false);
    vi.stubEnv("LARGE_BUILDS", "true");
    expect([hasLargeBuilds(), errors.map(isForBuild)]).toEqual([true, [true, true, false]]);
  });
});

describe("triesOf", () => {
  it("is how often the queue handed out a message", () => {
    expect(triesOf({ attributes: { ApproximateReceiveCount: "3" } as never })).toBe(3);
    expect(triesOf({ attributes: {} as never })).toBe(1);
  });
});

describe("the datasets of a commit", () => {
  const folders: Record<string, Record<string, string>> = { now: { b: "1", a: "2", same: "0" }, before: { b: "9", gone: "3", same: "0" } };
  const forge = {
    folderIds: async (tree: string, path: string) => new Map(path === "data" ? Object.entries(folders[tree] ?? {}) : []),
    folderId: async (tree: string, path: string) => folders[tree]?.[path.replace("data/", "")] ?? null,
    source: (id: string) => memorySource({ id }),
  } as unknown as Forge;

  it("that it touches differ from those of its base", async () => {
    expect(await touchedDatasets({ forge, dataFolder: "data" } as never, { tree: "now", base: "before" } as never)).toEqual([
      "a",
      "b",
      "gone",
    ]);
    expect(await touchedDatasets({ forge, dataFolder: "data" } as never, { tree: "now", base: null } as never)).toEqual(["a", "b", "same"]);
  });

  it("are read from their folders, or are missing", async () => {
    const sources = sourcesOf({ forge, dataFolder: "data" }, "now", ["a", "gone"], {} as never);
    expect([...sources.keys()]).toEqual(["a", "gone"]);
    expect(await sources.get("a")?.list()).toEqual([{ path: "id", bytes: 1 }]);
    await expect(sources.get("gone")?.list()).rejects.toThrow(new MissingCommitError("data/gone is not in now"));
  });

  it("have warnings of their own, and of their change", () => {
    const [a, b] = [{ message: "a" }, { message: "b" }];
    expect(allWarnings({ warnings: [a], change: { warnings: [b] } } as never)).toEqual([a, b]);
    expect(allWarnings({} as never)).toEqual([]);
    expect(allWarnings({ change: {} } as never)).toEqual([]);
  });
});

/** A forge that remembers what it is told. */
function forgeOf(more: Partial<Forge> = {}) {
  const reported: string[] = [];
  const comments: string[] = [];
  const forge = {
    retryHint: "Try again",
    isCurrent: async () => true,
    hasOpenPull: async () => false,
    hasVerdict: async () => false,
    report: async (sha: string, name: string, verdict: { conclusion: string; title: string }, again?: boolean) =>
      void reported.push(`${sha.slice(0, 1)} ${name} ${verdict.conclusion}${again ? " again" : ""}`),
    comment: async (pull: number, text: string) => void comments.push(`${pull}: ${text}`),
    ...more,
  } as unknown as Forge;
  return { context: { forge, branch: "main", dataFolder: "data" } as ForgeContext, reported, comments };
}
const forgeError = (reason: "refused" | "missing" | "unavailable") => new ForgeError("no", { reason, publicMessage: "no" });

describe("reportCommit", () => {
  const report = { verdict: { conclusion: "failure", problemCount: 3 }, comment: "Hello @you", datasets: ["d"] } as unknown as CommitReport;

  it("reports the verdict, and writes to at most five pull requests", async () => {
    const { context, reported, comments } = forgeOf();
    await reportCommit(context, { sha: SHA }, report, [1, 2, 3, 4, 5, 6]);
    expect(reported).toEqual(["a Factpress failure"]);
    expect(comments.map((text) => text.slice(0, 2))).toEqual(["1:", "2:", "3:", "4:", "5:"]);
    expect(comments[0]).toBe(`1: Hello @\u200byou\n\nFor ${SHA}.`);
    expect([counted, lines]).toEqual([["Problems 3"], ["info: verdict"]]);
    await reportCommit(context, { sha: SHA, again: true }, report, []);
    expect(reported[1]).toBe("a Factpress failure again");
  });

  it("only logs that a comment failed", async () => {
    const { context, reported } = forgeOf({ comment: () => Promise.reject(forgeError("refused")) });
    await reportCommit(context, { sha: SHA }, report, [1, 2]);
    expect([reported.length, lines]).toEqual([1, ["warn: no comment", "warn: no comment", "info: verdict"]]);
    const broken = forgeOf({ comment: () => Promise.reject(new Error("bug")) });
    await expect(reportCommit(broken.context, { sha: SHA }, report, [1])).rejects.toThrow("bug");
  });
});

describe("reportIncompleteCommit", () => {
  it("reports that the check did not complete, unless there is a verdict", async () => {
    const { context, reported } = forgeOf();
    await reportIncompleteCommit(context, { sha: SHA }, "why");
    expect([reported, counted, lines]).toEqual([["a Factpress failure"], ["Incomplete 1"], ["warn: verdict"]]);
    const known = forgeOf({ hasVerdict: async () => true });
    await reportIncompleteCommit(known.context, { sha: SHA }, "why");
    expect([known.reported, lines.at(-1)]).toEqual([[], "warn: its verdict is kept"]);
    await reportIncompleteCommit(known.context, { sha: SHA, again: true }, "why");
    expect(known.reported).toEqual(["a Factpress failure again"]);
  });

  it("alarms if the forge refuses it, but not if the commit is gone", async () => {
    const failing = (error: Error) => forgeOf({ report: () => Promise.reject(error) }).context;
    await reportIncompleteCommit(failing(forgeError("refused")), { sha: SHA }, "why");
    expect([counted, lines]).toEqual([["Incomplete 1", "RefusedVerdicts 1"], ["error: no verdict can be written"]]);
    counted = [];
    await reportIncompleteCommit(failing(forgeError("missing")), { sha: SHA }, "why");
    expect(counted).toEqual(["Incomplete 1"]);
    await expect(reportIncompleteCommit(failing(forgeError("unavailable")), { sha: SHA }, "why")).rejects.toThrow("no");
    await expect(reportIncompleteCommit(failing(new Error("bug")), { sha: SHA }, "why")).rejects.toThrow("bug");
  });
});

describe("validateCommit", () => {
  const run = {} as Parameters<typeof validateCommit>[2];
  const skipped = async (message: object, more: Partial<Forge>): Promise<string | undefined> => {
    const { context, reported } = forgeOf({
      commit: () => Promise.reject(new Error("checked")),
      mergeMethods: async () => undefined,
      ...more,
    });
    const failed = await validateCommit(context, { sha: SHA, delivery: "1", ...message }, run).catch((error: Error) => error.message);
    expect(reported).toEqual([]);
    return failed ?? lines.at(-1);
  };

  it.each<[string, object, Partial<Forge>]>([
    ["info: skipped: the pull request is closed or has a newer commit", { pull: 1 }, { isCurrent: async () => false }],
    ["checked", { pull: 1 }, { hasVerdict: async () => true }],
    ["info: skipped: its pull request is checked", { branch: "side" }, { hasOpenPull: async () => true }],
    ["info: skipped: it has a verdict", { branch: "side" }, { hasVerdict: async () => true }],
    ["info: skipped: it has a verdict", {}, { hasVerdict: async () => true, hasOpenPull: async () => true }],
    ["checked", { again: true }, { hasVerdict: async () => true }],
    ["checked", { branch: "side" }, {}],
    ["checked", {}, {}],
  ])("says %j of %j", async (said, message, more) => {
    expect(await skipped(message, more)).toBe(said);
  });
});
