import { describe, expect, it } from "vitest";
import { gitHubWebAddress } from "../../../../lib/adapters/github/github-web-address.ts";

describe("gitHubWebAddress", () => {
  it("leads to where people see a repository", () => {
    expect(gitHubWebAddress("https://api.github.com", "o/r")).toBe("https://github.com/o/r");
    expect(gitHubWebAddress("https://git.example.org/api/v3", "o/r")).toBe("https://git.example.org/o/r");
    expect(gitHubWebAddress("https://git.example.org/api/v3/", "o/r")).toBe("https://git.example.org/o/r");
  });
});
