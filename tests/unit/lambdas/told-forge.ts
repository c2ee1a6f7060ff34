import { afterEach, beforeEach, vi } from "vitest";
import { logger } from "../../../lambdas/logger.ts";
import { metrics } from "../../../lambdas/metrics.ts";
import type { ForgeContext } from "../../../lambdas/with-forge.ts";
import type { Forge } from "../../../lib/ports/forge.ts";

export const SHA = "a".repeat(40);

/** What is logged in a test, and the metrics that are counted. */
export function observeLogs(): { lines: string[]; counted: string[] } {
  const observed: ReturnType<typeof observeLogs> = { lines: [], counted: [] };
  beforeEach(() => {
    Object.assign(observed, { lines: [], counted: [] });
    for (const level of ["info", "warn", "error"] as const)
      vi.spyOn(logger, level).mockImplementation((...said) => void observed.lines.push(`${level}: ${String(said[0])}`));
    vi.spyOn(metrics, "addMetric").mockImplementation((name, _unit, count) => {
      observed.counted.push(`${name} ${count}`);
      return metrics;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  return observed;
}

/** A forge that remembers what it is told. */
export function forgeOf(more: Partial<Forge> = {}) {
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
