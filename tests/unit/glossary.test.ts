import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { sourceFiles } from "../catch-clauses.ts";
import { ROOT } from "../scratch.ts";

/** Words that the glossary or plain English replaced; no code, comment, message or test uses them. */
const REPLACED = [
  ...["anew", "defused", "fault", "faults", "guess", "harmless", "meant", "mend", "mended", "mends"],
  ...["nobody", "remark", "remarks", "stranger", "strangers", "surroundings", "whoever"],
];
/** Code and tests, without installed packages, generated code and this list. */
const FILES = sourceFiles(ROOT, "bin", "lib", "lambdas", "tests").filter(
  (path) => !/node_modules|\.generated\.|^tests\/unit\/glossary\.test\.ts$/.test(path),
);
/** A status of CodeBuild, and a function of HarfBuzz. */
const OTHERS_WORDS = /"FAULT"|guessSegmentProperties/g;
/** Phrases that test titles do not use, with what replaces them. */
const REPLACED_IN_TITLES: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\b(also|fails|missing|none|nor|nothing|only|refused) where\b/, "if, even if, or when"],
  [/\btakes .+ for\b/, "treats X as Y"],
  [/\bsays (how|nothing|what|why)\b/, "reports, describes or explains"],
  [/\b(stand|stands)\b/, "is"],
  [/\bso many\b/, "a number, or at most"],
  [/\b(goes|go) on\b/, "continues"],
  [/\bhowever\b/, "regardless of"],
];

/** Words of identifiers, comments and messages: `isRemarkOf` has the words is, Remark and Of. */
function replacedWords(text: string, words: readonly string[]): string[] {
  const separated = text.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
  const found = separated.matchAll(new RegExp(`(?<![a-z])(?:${words.join("|")})(?![a-z])`, "gi"));
  return [...new Set([...found].map(([word]) => word.toLowerCase()))];
}

/** The titles of tests and groups, tables of cases included. */
const testTitles = (text: string): string[] =>
  [...text.matchAll(/^ *(?:(?:it|test|describe)\b[^"`\n]*|\](?: as const)?\))\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/gm)].map(
    ([, title = ""]) => title,
  );

const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8").replaceAll(OTHERS_WORDS, "");

it("has at most 40 terms, in a table without duplicates", () => {
  const terms = [...readFileSync(join(ROOT, "docs/glossary.md"), "utf8").matchAll(/\*\*([^*]+)\*\*/g)].map(([, term]) => term);
  expect(terms.length).toBeGreaterThan(20);
  expect(terms.length).toBeLessThanOrEqual(40);
  expect(new Set(terms).size).toBe(terms.length);
});

it("no code and no test uses a word that the glossary replaced", () => {
  expect(FILES.length).toBeGreaterThan(1000);
  const found = FILES.flatMap((path) => replacedWords(textOf(path), REPLACED).map((word) => `${path}: ${word}`));
  expect(found).toEqual([]);
});

it("no test title uses a replaced phrase", () => {
  const titles = FILES.flatMap((path) => (path.startsWith("tests/") ? testTitles(textOf(path)) : []));
  expect(titles.length).toBeGreaterThan(1500);
  const found = titles.flatMap((title) =>
    REPLACED_IN_TITLES.flatMap(([phrase, instead]) => (phrase.test(title) ? [`${title}: write ${instead}`] : [])),
  );
  expect(found).toEqual([]);
});

it.each([
  ["const isRemark = 1", ["remark"]],
  ["/** A remark. */", ["remark"]],
  ["a trademark", []],
  ["printRemarks()", ["remarks"]],
])("finds the words of %j", (text, words) => {
  expect(replacedWords(text, ["remark", "remarks"])).toEqual(words);
});
