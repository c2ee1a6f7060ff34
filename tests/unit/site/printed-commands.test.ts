import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { verifyPage } from "../../../lib/site/pages.tsx";
import { ROOT } from "../../scratch.ts";

/** Commands that may fetch a name from a registry and run it. */
const RUNS_A_NAME =
  /\b(?:npx|pnpx|bunx|uvx|pipx(?: run)?|npm (?:exec|x|create|init|install|i)|pnpm (?:dlx|add)|yarn (?:dlx|add))((?: +-[^\s`]+)*) +(?:-- +)?([^\s`'")]+)/g;

/** Programs of development dependencies: `npm ci` has installed them. */
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { devDependencies: Record<string, string> };
const INSTALLED = new Set([...Object.keys(manifest.devDependencies), "cdk"]);

/** Names that a text tells people to run or install, that someone else could own. */
const foreignNames = (text: string): string[] =>
  [...text.matchAll(RUNS_A_NAME)].flatMap(([, , name = ""]) => (/^[./]/.test(name) || INSTALLED.has(name) ? [] : [name]));

const tracked = execFileSync("git", ["-C", ROOT, "ls-files", "-z"], { encoding: "utf8" }).split("\0").filter(Boolean);
const printed = tracked.filter((path) => !/^(?:tests|package-lock\.json|lib\/site\/assets\.generated)/.test(path));

describe("commands in documents and messages", () => {
  it.each([
    ["npx factpress check", ["factpress"]],
    ["npx --yes factpress verify", ["factpress"]],
    ["npm exec --no -- factpress check", ["factpress"]],
    ["npm install -g factpress", ["factpress"]],
    ["npm i factpress", ["factpress"]],
    ["npx vitest run; npm install --global ./factpress-0.3.0.tgz; npm install", []],
  ])("%s: %j", (text, names) => expect(foreignNames(text)).toEqual(names));

  it("names no package that this project has not installed", () => {
    expect(printed.length).toBeGreaterThan(150);
    const found = printed.flatMap((path) => foreignNames(readFileSync(join(ROOT, path), "utf8")).map((name) => `${path}: ${name}`));
    expect(found).toEqual([]);
  });
});

describe("the recipe on /verify/", async () => {
  const html = await verifyPage({ assets: "/assets/", style: "style.css", site: "https://data.example" });

  it("names no package", () => expect(foreignNames(html)).toEqual([]));

  it("checks every name in the list before it downloads one", () => {
    const [, pattern = ""] = /grep -Evn &#?\w+;?([^&]*)&|grep -Evn '([^']*)'/.exec(html)?.filter(Boolean) ?? [];
    const isAllowed = (name: string): boolean => new RegExp(pattern).test(`${"0".repeat(64)}  ${name}`);
    expect(["facts.csv", "SHA256SUMS", "LICENSE", "a_b-c.ndjson"].filter((name) => !isAllowed(name))).toEqual([]);
    expect(["", ".bashrc", "../x", "a/b", "/etc/x", "-o", "a b", "a$(x)", "a\\b", "*"].filter(isAllowed)).toEqual([]);
    expect(html.indexOf("grep -Evn")).toBeLessThan(html.indexOf("while read"));
  });
});
