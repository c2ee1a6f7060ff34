import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { logger } from "../../../lambdas/logger.ts";
import { metrics } from "../../../lambdas/metrics.ts";
import { validateCommit } from "../../../lambdas/validate/validate-commit.ts";
import type { ForgeContext } from "../../../lambdas/with-forge.ts";
import type { Forge } from "../../../lib/ports/forge.ts";

const SHA = "a".repeat(40);
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
