import { describe, expect, it } from "vitest";
import { parseGitHubRepository } from "../../../../lib/adapters/github/parse-github-repository.ts";

describe("parseGitHubRepository", () => {
  it("reads a repository as owner/name", () => {
    expect(parseGitHubRepository("o/r")).toEqual({ owner: "o", repo: "r" });
    for (const text of ["", "o", "o/", "/r", "o/r/x"])
      expect(() => parseGitHubRepository(text)).toThrow(`"${text}" is not a repository: expected owner/name`);
  });
});
