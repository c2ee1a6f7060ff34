import { expect, it } from "vitest";
import { gitFailureReason } from "../../../../lib/adapters/git/git-failure-reason.ts";

it("keeps the command that git suggests", () => {
  const printed =
    "fatal: detected dubious ownership in repository at '/r'\nTo add an exception for this directory, call:\n\n\tgit config --global --add safe.directory /r\n";
  expect(gitFailureReason(printed)).toBe(
    "fatal: detected dubious ownership in repository at '/r' To add an exception for this directory, call: git config --global --add safe.directory /r",
  );
});
