import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sourceFiles } from "../catch-clauses.ts";
import { exportedNames } from "../exported-names.ts";
import { ROOT } from "../scratch.ts";

/** Words that plain English replaced. The words that terms replaced are in the last column of the glossary. */
const REPLACED = [
  ...["anew", "defused", "guess", "harmless", "meant", "mend", "mended", "mends", "nobody"],
  ...["stranger", "strangers", "surroundings", "whoever"],
];

/** Where a word must not be: anywhere, in comments and documents, or in the names that files export. */
type Scope = "text" | "prose" | "names";

/**
 * Words of the last column that have a second, standard meaning: where the first one can still be recognized, what to ignore there, and
 * the second meaning. All others must not be in any text.
 */
const SECOND_MEANINGS: Readonly<Record<string, { scope: Scope; ignore?: RegExp; meaning: string }>> = {
  attribute: { scope: "names", meaning: "an attribute of HTML, XML or an SQS message" },
  collection: {
    scope: "text",
    ignore: /garbage collection|frequent full collections|FeatureCollection/g,
    meaning: "of garbage; of GeoJSON",
  },
  edition: { scope: "text", ignore: /third edition/g, meaning: "of a standard" },
  fault: { scope: "text", ignore: /\bFAULT\b|fault-injection/g, meaning: "a status of CodeBuild; fault injection" },
  field: {
    scope: "prose",
    ignore: /search field|header fields?|Only these fields are logged|HTTP date[^.]*\.|The fields of an error to log/g,
    meaning: "the word of HTTP, Avro, Iceberg, Thrift, Table Schema, CSV parsers and logs; `field` and `fields` in published JSON",
  },
  gone: { scope: "prose", meaning: "the kinds and sentences of changes.json" },
  hub: { scope: "names", ignore: /[Gg]itHub/g, meaning: "GitHub" },
  id: { scope: "prose", ignore: /(?<!record |primary )\bids?\b/gi, meaning: "the id of a commit, an element, a column or an App" },
  identity: { scope: "prose", ignore: /(?:IAM )?Identity Center|keep their identity/g, meaning: "IAM Identity Center; identity over time" },
  link: {
    scope: "names",
    ignore: /LinkTable|linkTable|LinkRows|RepositoryLinks|CopyLinks|ANSWER_LINKS/g,
    meaning: "an address; a link table",
  },
  output: { scope: "names", ignore: /^Output$|outputFolder/g, meaning: "what a writer writes to" },
  place: { scope: "names", ignore: /^(?:PlaceMap|placeReader|makePlaceMap|placeDots|PlaceMapPicture)$/g, meaning: "a place on the map" },
  walk: { scope: "text", ignore: /Weir Walk|air\|walk\|hall/g, meaning: "a name in an example; a noun with a regular plural" },
};

/** Words that mean one thing alone, and others with a qualifier: exported names that contain them, in rooms where they have others. */
const QUALIFIED: readonly { word: RegExp; rooms: RegExp; qualified: RegExp }[] = [
  {
    word: /key(?!ed)/i,
    rooms: /^(?:bin|lambdas|lib\/(?:adapters|contract|edge|infra|ports|publish|release|render|verify))\//,
    qualified:
      /ObjectKey|OBJECT_KEY|(?:public|private)Key|KeySet|KEY_SET|KeyFile|KEY_FILE|KeyId|[kK]eyValueStore|(?:record|primary)Key|^key(?:Anchor|sWithPages)?$/i,
  },
  { word: /level/i, rooms: /^(?:lib|bin|lambdas)\/(?!formats|kernel)/, qualified: /change_?levels?$|levelOfDifference|certainty_?level$/i },
];

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

const GLOSSARY = readFileSync(join(ROOT, "docs/glossary.md"), "utf8");
/** The words that must not be used for a term: the last column. */
const NOT_TERMS = GLOSSARY.split("\n")
  .filter((line) => line.startsWith("| **"))
  .flatMap((line) => (line.split("|").at(-2) ?? "").replaceAll(/\(.*?\)/g, "").split(","))
  .map((word) => word.trim())
  .filter((word) => word !== "");

/** A function of HarfBuzz, and the former name of a key. */
const OTHERS_WORDS = /guessSegmentProperties|`warnings` replaces `remarks`/g;
const textOf = (path: string): string => readFileSync(join(ROOT, path), "utf8").replaceAll(OTHERS_WORDS, "");
const tracked = execFileSync("git", ["ls-files", "*.md", ".ci", ".github"], { cwd: ROOT, encoding: "utf8" }).split("\n");
/** Documents, without the glossary, data and recorded results. */
const DOCUMENTS = tracked.filter((path) => /\.(?:md|ya?ml)$|\.ci\/run$/.test(path) && !/^(?:data|tests)\/|glossary\.md$/.test(path));
/** Code and tests, without installed packages, generated code and this file. */
const CODE = sourceFiles(ROOT, "bin", "lib", "lambdas", "tests").filter(
  (path) => !/node_modules|\.generated\.|^tests\/unit\/glossary\.test\.ts$/.test(path),
);

/** The comments of code. */
const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*[\s\S]*?\*\/|(?<![:"'`\w])\/\/ .*/g)].map(([comment]) => withoutCode(comment)).join("\n");
/** A document without code. */
const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");

const TEXTS: Readonly<Record<Scope, readonly { at: string; text: string }[]>> = {
  text: [...CODE, ...DOCUMENTS].map((at) => ({ at, text: textOf(at) })),
  prose: [
    ...CODE.filter((at) => !/^(?:tests|lib\/(?:iceberg|formats))\//.test(at)).map((at) => ({ at, text: commentsOf(textOf(at)) })),
    ...DOCUMENTS.map((at) => ({ at, text: withoutCode(textOf(at)) })),
  ],
  names: exportedNames(ROOT, "bin", "lib", "lambdas")
    .filter(({ file }) => !file.startsWith("lib/iceberg/"))
    .map(({ file, name }) => ({ at: `${file} ${name}`, text: name })),
};

/** Words of identifiers, comments and messages: `isRemarkOf` has the words is, Remark and Of. */
function replacedWords(text: string, words: readonly string[]): string[] {
  const separated = text.replaceAll(/([a-z])([A-Z])/g, "$1 $2");
  const found = separated.matchAll(new RegExp(`(?<![a-z])(?:${words.join("|")})(?![a-z])`, "gi"));
  return [...new Set([...found].map(([word]) => word.toLowerCase()))];
}

/** A word with its plural, and a verb with its other forms: `taken back` has "takes back". */
function formsOf(word: string): string[] {
  if (word.startsWith("taken ")) return ["take", "takes", "taken", "taking"].map((verb) => word.replace("taken", verb));
  return [word, `${word}s`, `${word.replace(/e$/, "")}ed`, `${word.replace(/e$/, "")}ing`];
}

/** The titles of tests and groups, tables of cases included. */
const testTitles = (text: string): string[] =>
  [...text.matchAll(/^ *(?:(?:it|test|describe)\b[^"`\n]*|\](?: as const)?\))\(\s*("(?:[^"\\]|\\.)*"|`[^`]*`)/gm)].map(
    ([, title = ""]) => title,
  );

it("has at most 40 terms, in a table without duplicates", () => {
  const terms = [...GLOSSARY.matchAll(/\*\*([^*]+)\*\*/g)].map(([, term]) => term);
  expect(terms.length).toBeGreaterThan(20);
  expect(terms.length).toBeLessThanOrEqual(40);
  expect(new Set(terms).size).toBe(terms.length);
});

describe("a word that the glossary replaced", () => {
  it("is not used: code, tests and documents", () => {
    expect([CODE.length > 1000, DOCUMENTS.length > 30, NOT_TERMS.length > 15]).toEqual([true, true, true]);
    expect(Object.keys(SECOND_MEANINGS).filter((word) => !NOT_TERMS.includes(word))).toEqual([]);
    const strict = [...REPLACED, ...NOT_TERMS.filter((word) => SECOND_MEANINGS[word] === undefined).flatMap(formsOf)];
    expect(TEXTS.text.flatMap(({ at, text }) => replacedWords(text, strict).map((word) => `${at}: ${word}`))).toEqual([]);
  });

  it.each(Object.entries(SECOND_MEANINGS))("%s is used only for what it means elsewhere", (word, { scope, ignore = /$^/g }) => {
    const found = TEXTS[scope].flatMap(({ at, text }) => replacedWords(text.replaceAll(ignore, ""), [word, `${word}s`]).map(() => at));
    expect(found).toEqual([]);
    // Without its second meaning, a word is not listed here.
    if (scope === "text") expect(TEXTS.text.some(({ text }) => text.search(ignore) >= 0)).toBe(true);
  });
});

it.each(QUALIFIED)("a name with $word is qualified where the word has several meanings", ({ word, rooms, qualified }) => {
  const named = exportedNames(ROOT, "bin", "lib", "lambdas").filter(({ file, name }) => rooms.test(file) && word.test(name));
  expect(named.some(({ name }) => qualified.test(name))).toBe(true);
  expect(named.filter(({ name }) => !qualified.test(name))).toEqual([]);
});

it("no test title uses a replaced phrase", () => {
  const titles = CODE.flatMap((path) => (path.startsWith("tests/") ? testTitles(textOf(path)) : []));
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

it("finds comments, but no code in them", () => {
  expect(commentsOf('const a = "https://x"; // A field.\n/** The `gone` one. */\nfield();')).toBe("// A field.\n/** The  one. */");
});
