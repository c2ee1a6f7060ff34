import { describe, expect, it } from "vitest";
import { validateCommit } from "../../../lambdas/validate/validate-commit.ts";
import type { Forge } from "../../../lib/ports/forge.ts";
import { forgeOf, observeLogs, SHA } from "./told-forge.ts";

const logged = observeLogs();

describe("validateCommit", () => {
  const check = {} as Parameters<typeof validateCommit>[2];
  const skipped = async (message: object, more: Partial<Forge>): Promise<string | undefined> => {
    const { context, reported } = forgeOf({
      commit: () => Promise.reject(new Error("checked")),
      mergeMethods: async () => undefined,
      ...more,
    });
    const failed = await validateCommit(context, { sha: SHA, delivery: "1", ...message }, check).catch((error: Error) => error.message);
    expect(reported).toEqual([]);
    return failed ?? logged.lines.at(-1);
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
