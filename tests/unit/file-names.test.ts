import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../catch-clauses.ts";
import { type ExportedName, exportedNames, kebabCase } from "../exported-names.ts";
import { ROOT } from "../scratch.ts";

const FOLDERS = ["bin", "lib", "lambdas"];

/** Files that are not named by one of their exports, with the reason. */
const NAMED_OTHERWISE: readonly [file: RegExp, why: string][] = [
  [/^(bin\/(app|factpress|pack|run-limited)|lambdas\/build\/\w+)\.ts$/, "a program: it exports nothing"],
  [/^lib\/browser\/(copy|page|verify)\.ts$/, "the script of a page: it exports nothing"],
  [/-worker\.ts$/, "what runs in a thread"],
  [/^lib\/formats\/(\w+\/encoder|(cell-counts|sql-rows)-encoder)\.ts$/, "exports createEncoder, which threads load by that name"],
  [/^lib\/formats\/parquet\/encode-footer\.ts$/, "encodes a footer in three parts, and the indexes before it"],
  [/^lib\/formats\/\w+\/notes\.ts$/, "texts of a format for people, not functions"],
  [/^lib\/formats\/xlsx\/(cells|sheet-xml)\.ts$/, "many small parts of one XML format"],
  [/^lib\/formats\/sqlite\/(info-rows|sort-keys|interior-level|index-cell)\.ts$/, "parts of one binary format, each with its limits"],
  [/^lib\/engine\/fast\//, "docs/engine.md leads through them; planted bugs name them"],
  [/^lib\/kernel\/assembly\//, "AssemblyScript; docs/engine.md leads through them"],
  [/^lib\/browser\/web-crypto\.ts$/, "small parts of cryptography, where there is no Buffer"],
  [/^lib\/ports\/ports\.ts$/, "all interfaces to the world"],
  [/^lib\/site\/pages\.tsx$/, "one function for each kind of page"],
];

/** Names that several files export, with the reason. Every other name has one meaning. */
const EXPORTED_AGAIN: readonly [name: RegExp, why: string][] = [
  [/^createEncoder$/, "what a thread loads of a format by that name"],
  [/^handler$/, "what Lambda calls"],
  [/^(RUNTIME|openSigner|openStore)$/, "the same parts of the world, for the command line and for functions"],
  [/^(compareBytes|writeVarint)$/, "the same routine in AssemblyScript and in TypeScript"],
  [/^(VerificationError|decodeBase64Url|encodeBase64Url|verifyRelease)$/, "the same again for a browser, which has no Buffer"],
];

/** Names that say nothing without their file. */
const VAGUE =
  /^(?:run|part|parts|line|lines|data|item|items|value|values|text|info|util|utils|helper|helpers|common|manager|make|get|set|handle|process|main|size|list|row|rows)$/i;
const VAGUE_OF = /^(?:data|dataset|history|json|metadata|repository|text|file|files|state|version|source)Of$/;

/** The words of a name or a path: `lib/json/parse-json.ts` has lib, json, parse and json. */
const wordsOf = (text: string): string[] => kebabCase(text.replace(/\.tsx?$/, "")).split(/[^a-z0-9]+/);

/** Words of one stem: version and versions, compare and comparison. */
const isAkin = (a: string, b: string): boolean =>
  a === b || `${a}s` === b || a === `${b}s` || (a.length > 4 && b.length > 4 && a.slice(0, 5) === b.slice(0, 5));

const sharesWord = ({ file, name }: Pick<ExportedName, "file" | "name">): boolean => {
  const path = wordsOf(file);
  return wordsOf(name).some((word) => path.some((other) => isAkin(word, other)));
};

const isExcepted = (file: string): boolean => NAMED_OTHERWISE.some(([pattern]) => pattern.test(file));
const names = exportedNames(ROOT, ...FOLDERS);
const files = sourceFiles(ROOT, ...FOLDERS).filter((file) => /(?<!\.generated)\.tsx?$/.test(file));

describe("file names", () => {
  it("are the name of an export; types and constants may share a file named by what they are", () => {
    expect(files.length).toBeGreaterThan(400);
    const others = files.filter((file) => {
      const own = names.filter((one) => one.file === file);
      const isNamed = own.some(({ name }) => kebabCase(name) === basename(file).replace(/\.tsx?$/, ""));
      const areValues = own.length > 1 && own.every(({ kind }) => kind === "type" || kind === "constant");
      return !isNamed && !areValues && !isExcepted(file);
    });
    expect(others).toEqual([]);
  });

  it("share a word with each function and class that is exported there", () => {
    const unrelated = names.filter((one) => (one.kind === "function" || one.kind === "class") && !sharesWord(one) && !isExcepted(one.file));
    expect(unrelated.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it("are excepted only if there is such a file", () => {
    expect(NAMED_OTHERWISE.filter(([pattern]) => !files.some((file) => pattern.test(file)))).toEqual([]);
  });
});

describe("an exported name", () => {
  const files = new Map<string, string[]>();
  for (const { file, name } of names) files.set(name, [...(files.get(name) ?? []), file]);
  const repeated = [...files].filter(([, files]) => files.length > 1);

  it("is declared once", () => {
    const others = repeated.filter(([name]) => !EXPORTED_AGAIN.some(([pattern]) => pattern.test(name)));
    expect(others.map(([name, files]) => `${name}: ${files.join(", ")}`)).toEqual([]);
  });

  it("is excepted only if it is declared again", () => {
    expect(EXPORTED_AGAIN.filter(([pattern]) => !repeated.some(([name]) => pattern.test(name)))).toEqual([]);
  });
});

describe("a type", () => {
  const TYPE = /^(?:export )?(?:interface|type) (\w+)/gm;

  it("has a name that no other file gives to a type, even if neither exports it", () => {
    const declared = new Map<string, string[]>();
    for (const file of files)
      for (const [, name = ""] of readFileSync(join(ROOT, file), "utf8").matchAll(TYPE))
        declared.set(name, [...(declared.get(name) ?? []), file]);
    expect(declared.size).toBeGreaterThan(500);
    const repeated = [...declared].filter(([, places]) => places.length > 1);
    expect(repeated.map(([name, places]) => `${name}: ${places.join(", ")}`)).toEqual([]);
  });
});

describe("names of functions", () => {
  it("say what they do", () => {
    const vague = names.filter(({ kind, name }) => kind === "function" && (VAGUE.test(name) || VAGUE_OF.test(name)));
    expect(vague.map(({ file, name }) => `${file}: ${name}`)).toEqual([]);
  });

  it.each([
    ["historyOf", true],
    ["lines", true],
    ["openHistory", false],
    ["recordLines", false],
  ])("%s is vague: %s", (name, isVague) => {
    expect(VAGUE.test(name) || VAGUE_OF.test(name)).toBe(isVague);
  });
});

it.each([
  ["lib/release/compared-entry.ts", "comparison", true],
  ["lib/release/alias-entries.ts", "catalogueState", false],
  ["lib/adapters/github/github-client.ts", "parseGitHubRepository", true],
])("%s shares a word with %s: %s", (file, name, shares) => {
  expect(sharesWord({ file, name })).toBe(shares);
});

describe("titles of unit tests", () => {
  const TITLE = /^describe(?:\.\w+)?\((["`])(.*?)\1/gm;

  it("are used by one file each: a failure names its file", () => {
    const files = new Map<string, Set<string>>();
    for (const file of sourceFiles(ROOT, "tests/unit"))
      for (const [, , title = ""] of readFileSync(join(ROOT, file), "utf8").matchAll(TITLE))
        files.set(title, (files.get(title) ?? new Set()).add(file));
    expect(files.size).toBeGreaterThan(400);
    const shared = [...files].filter(([, files]) => files.size > 1);
    expect(shared.map(([title, files]) => `${title}: ${[...files].join(", ")}`)).toEqual([]);
  });
});
