import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { FORGE_NAMES, forgeAdapter } from "../lib/adapters/forge-adapter.ts";
import { sourceFiles } from "./catch-clauses.ts";
import { ROOT } from "./scratch.ts";

it("only its adapter and the list of forges name a forge", () => {
  const naming = sourceFiles(ROOT, "bin", "lib", "lambdas").filter((path) =>
    /from "[^"]*\/github\/|import\("[^"]*\/github\/|octokit/i.test(readFileSync(join(ROOT, path), "utf8")),
  );
  expect(naming.filter((path) => !path.startsWith("lib/adapters/github/"))).toEqual(["lib/adapters/forge-adapter.ts"]);
});

it("an unknown forge fails with the list of known ones", () => {
  expect(FORGE_NAMES).toEqual(["github"]);
  expect(() => forgeAdapter("hub")).toThrow('Unknown forge "hub". Known: github');
  expect(() => forgeAdapter("constructor")).toThrow("Unknown forge");
});

it("git clones a repository from the forge's own address", () => {
  const { cloneUrl } = forgeAdapter("github");
  expect(cloneUrl({ repository: "owner/name", apiUrl: "https://api.github.com" })).toBe("https://github.com/owner/name.git");
  expect(cloneUrl({ repository: "owner/name", apiUrl: "https://git.example.org/api/v3" })).toBe("https://git.example.org/owner/name.git");
});
