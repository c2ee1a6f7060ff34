import { afterEach, describe, expect, it, vi } from "vitest";
import { hasLargeBuilds } from "../../../lambdas/has-large-builds.ts";
import { isForBuild } from "../../../lambdas/publish/is-for-build.ts";
import { SourceTooLargeError } from "../../../lambdas/source-too-large-error.ts";
import { HistoryTooLongError } from "../../../lib/ports/history-too-long-error.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("hasLargeBuilds", () => {
  it("are there if the setting says so, for what is too large for a function", () => {
    const errors = [new SourceTooLargeError("x"), new HistoryTooLongError("x"), new Error("x")];
    expect([hasLargeBuilds(), errors.map(isForBuild)]).toEqual([false, [false, false, false]]);
    vi.stubEnv("LARGE_BUILDS", "false");
    expect(hasLargeBuilds()).toBe(false);
    vi.stubEnv("LARGE_BUILDS", "true");
    expect([hasLargeBuilds(), errors.map(isForBuild)]).toEqual([true, [true, true, false]]);
  });
});
