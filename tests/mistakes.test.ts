import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import type { Problem } from "../lib/diagnostics/problem.ts";
import { CHAPTERS } from "../lib/diagnostics/rules/chapters.ts";
import { fileRules } from "../lib/diagnostics/rules/file-rules.ts";
import { checkHere } from "./check-here.ts";
import { MISTAKES, mistakesPage } from "./mistakes-page.ts";
import { factpressProcess, ROOT, scratch, write } from "./scratch.ts";

const FOLDERS = readdirSync(MISTAKES).filter((name) => name !== "base");
const RULES = Object.values(CHAPTERS).flat();

const expected = (folder: string): string => readFileSync(join(MISTAKES, folder, "expected.txt"), "utf8");

const FIXED = FOLDERS.filter((folder) => expected(folder).includes("factpress check --fix"));

const BASE = Object.fromEntries(
  readdirSync(join(MISTAKES, "base"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((path) => [relative(join(MISTAKES, "base"), path), readFileSync(path)]),
);

/** A folder with the base dataset in `data/accords`, and over it what a mistake changes: `deleted` lists files that go. */
async function withMistake(folder: string): Promise<string> {
  const place = await scratch();
  const dataset = join(place, "data/accords");
  await write(dataset, BASE);
  cpSync(join(MISTAKES, folder), dataset, { recursive: true, filter: (path) => !/\/(expected\.txt|deleted)$/.test(path) });
  const deleted = join(MISTAKES, folder, "deleted");
  if (existsSync(deleted)) for (const path of readFileSync(deleted, "utf8").trim().split("\n")) rmSync(join(dataset, path));
  return place;
}

describe("factpress check prints the expected message, and --fix corrects only what is unambiguous", () => {
  it("the dataset without a mistake has no problems", async () => {
    const { code, out } = await checkHere(await withMistake("base"));
    expect([code, out]).toEqual([
      0,
      "data/accords  no problems: 3 facts, 3 entities, 2 sources\n  not compared: there is no git repository here\n",
    ]);
  });

  it.each(FOLDERS)("%s", async (folder) => {
    const place = await withMistake(folder);
    // With --fix, what only a person can correct stays as it is, and the words are the same.
    const { code, out } = await checkHere(place, { fix: !FIXED.includes(folder) });
    expect(out).toBe(expected(folder));
    expect(code).toBe(out.includes("no problems") ? 0 : 1);
    const [report] = JSON.parse((await checkHere(place, { format: "json" })).out) as { problems: Problem[]; shape?: string[] }[];
    const broken = [...new Set(report?.problems.map(({ rule }) => rule))];
    const claims = RULES.filter(({ examples: shown }) => shown.includes(folder)).map(({ anchor }) => anchor);
    expect(claims).toEqual(broken.length > 0 ? broken : report?.shape ? [fileRules.shape.anchor] : []);
  });

  it.each(["misspelt-certainty", "not-utf-8", "curly-quotes"])("%s, in a process of its own", async (folder) => {
    expect(await factpressProcess(await withMistake(folder), "check")).toEqual({ code: 1, out: expected(folder) });
  });
});

describe("factpress check --fix corrects what is unambiguous", () => {
  it.each(FIXED)("%s", async (folder) => {
    const place = await withMistake(folder);
    const { code, out } = await checkHere(place, { fix: true });
    expect([code, out]).toEqual([0, expect.stringMatching(/^data\/accords\/facts\/\w+\.json {2}(removed|put|set) [\s\S]* {2}no problems/)]);
    expect((await checkHere(place)).out).toBe(expected("columns-in-another-order").split("\n").slice(0, 2).join("\n").concat("\n"));
  });
});

describe("a message is for people who know a little JSON", () => {
  it.each(FOLDERS)("%s", (folder) => {
    const text = expected(folder);
    // Only the file that describes the columns may be named.
    expect(text.replaceAll("schema.json", "")).not.toMatch(/schema|propert(y|ies)|pattern|\benum\b|(one|any|all)Of|must match/i);
    // No JSON pointer, and none in a URL's fragment.
    expect(text).not.toMatch(/(^|[\s"'(#])\/\w/m);
    // No cascade: one mistake, one problem.
    expect(text.match(/^data\/accords\/.*$/gm) ?? []).toHaveLength(text.includes("no problems") ? 0 : 1);
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(160);
  });
});

describe("docs/mistakes.md", () => {
  it("explains every rule, with the example of its test", () => {
    const path = join(ROOT, "docs/mistakes.md");
    if (process.env["FACTPRESS_WRITE"] && process.env["CI"] !== "true") writeFileSync(path, mistakesPage());
    expect(readFileSync(path, "utf8")).toBe(mistakesPage());
  });

  it("has a separate address for each rule", () => {
    const anchors = RULES.map(({ anchor }) => anchor);
    expect(anchors.filter((anchor, i) => anchors.indexOf(anchor) !== i)).toEqual([]);
  });

  it("leaves no folder of mistakes without a rule, and no rule without its folders", () => {
    expect([...new Set(RULES.flatMap(({ examples: shown }) => shown))].sort()).toEqual([...FOLDERS].sort());
  });
});
