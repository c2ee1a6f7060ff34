import { describe, expect, it } from "vitest";
import { COMMIT_ID } from "../../../lib/contract/commit-id.ts";
import { shortCommitId } from "../../../lib/contract/short-commit-id.ts";

describe("COMMIT_ID", () => {
  it.each(["a".repeat(40), "0".repeat(64)])("matches %s", (id) => {
    expect(COMMIT_ID.test(id)).toBe(true);
  });

  it.each([
    "",
    "main",
    "--all",
    "a".repeat(39),
    "a".repeat(41),
    "a".repeat(65),
    "A".repeat(40),
    `x${"a".repeat(40)}`,
    `${"a".repeat(40)}\n`,
  ])("does not match %j", (id) => {
    expect(COMMIT_ID.test(id)).toBe(false);
  });

  it("is shown by its first ten characters", () => {
    expect(shortCommitId("0123456789abcdef")).toBe("0123456789");
  });
});
