import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceFiles } from "../catch-clauses.ts";
import { ROOT } from "../scratch.ts";

/** Words that the glossary replaced, and that have no other use in the code. */
const REPLACED = ["remark", "remarks", "defused", "surroundings"];
/** Words that these folders no longer need; add a folder when its last one is gone. */
const REPLACED_IN = [
  ...["bin", "lib/contract", "lib/schema", "lib/diagnostics", "lib/json", "lib/dataset", "lib/check", "lib/csv-import", "lib/ports"],
  ...["lib/formats", "lib/iceberg", "lib/build", "lib/release", "lib/render", "lib/publish", "lib/verify", "lib/site", "lib/edge"],
  ...["lib/adapters/folder", "lib/adapters/git", "lib/adapters/http", "lib/adapters/memory", "lib/adapters/terminal"],
];
const REPLACED_THERE = [
  "harmless",
  "whoever",
  "nobody",
  "meant",
  "mend",
  "mended",
  "fault",
  "faults",
  "stranger",
  "strangers",
  "guess",
  "anew",
];

/** Words of identifiers, comments and messages: `isRemarkOf` has the words is, Remark and Of. */
function replacedWords(text: string, words: readonly string[]): string[] {
  const separated = text.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
  return words.filter((word) => new RegExp(`(?<![a-z])${word}(?![a-z])`, "i").test(separated));
}

const foundIn = (files: readonly string[], words: readonly string[]): string[] =>
  files.flatMap((path) => replacedWords(readFileSync(join(ROOT, path), "utf8"), words).map((word) => `${path}: ${word}`));

it("has at most 40 terms, in a table without duplicates", () => {
  const terms = [...readFileSync(join(ROOT, "docs/glossary.md"), "utf8").matchAll(/^\| \*\*([^*]+)\*\*/gm)].map(([, term]) => term);
  expect(terms.length).toBeGreaterThan(20);
  expect(terms.length).toBeLessThanOrEqual(40);
  expect(new Set(terms).size).toBe(terms.length);
});

it("no code uses a word that the glossary replaced", () => {
  const files = sourceFiles(ROOT, "bin", "lib", "lambdas");
  expect(files.length).toBeGreaterThan(150);
  expect(foundIn(files, REPLACED)).toEqual([]);
  expect(foundIn(sourceFiles(ROOT, ...REPLACED_IN), REPLACED_THERE)).toEqual([]);
});

it.each([
  ["const isRemark = 1", ["remark"]],
  ["/** A remark. */", ["remark"]],
  ["a trademark", []],
  ["printRemarks()", ["remarks"]],
])("finds the words of %j", (text, words) => {
  expect(replacedWords(text, ["remark", "remarks"])).toEqual(words);
});
