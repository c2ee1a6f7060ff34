import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FORMATS } from "../../../lib/formats/formats.ts";
import { sourceFiles } from "../../catch-clauses.ts";
import { ROOT } from "../../scratch.ts";

/** Files outside a format's folder that know a format, with the reason. All other code uses the list of formats. */
const KNOWN_ELSEWHERE: readonly [file: string, why: string][] = [
  ["lib/browser/make-explorer-effects.ts", "a reader's download of the rows that a page shows is CSV; a page has no room for the list"],
  ["lib/contract/first-formats.ts", "the names that releases had before they said their formats"],
  ["lib/dataset/metadata.ts", "an example in the schema of dataset.json"],
  ["lib/engine/fast/batch-lines.ts", "canonical texts are the bytes of JSON and NDJSON but for what is between them"],
  ["lib/engine/fast/byte-encoder-classes.ts", "the list of byte encoders, which need the engine's tape"],
  ["lib/engine/fast/csv-bytes.ts", "a byte encoder"],
  ["lib/engine/fast/parquet-bytes.ts", "a byte encoder"],
  ["lib/engine/fast/sqlite-bytes.ts", "a byte encoder"],
  ["lib/formats/formats.ts", "the list of formats, and which are read back, shown, and made Iceberg tables of"],
  ["lib/infra/add-cdn.ts", "the format of the CDN's own logs"],
  ["lib/site/versions/news-sentence.ts", "reads a sentence of changes.json in a page, which has no room for the list"],
];

/** Formats whose name and extension say nothing by themselves: most files of a release are JSON. */
const COMMON = "json";

const TEXTS = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
const IMPORTS = /^(?:import|export)\b[^;]*?from "[^"]*";$/gm;

const escaped = (text: string): string => text.replaceAll(/[.+]/g, "\\$&");
const own = FORMATS.filter(({ extension, name }) => extension !== COMMON || name !== COMMON);
const names = own.map(({ name }) => escaped(name)).join("|");
const extensions = own.flatMap(({ extension }) => (extension === COMMON ? [] : [escaped(extension)])).join("|");
const mediaTypes = own.flatMap(({ extension, mediaType }) => (extension === COMMON ? [] : [escaped(mediaType)])).join("|");
const SAYS_FORMAT = new RegExp(`^.(?:${names}).$|\\.(?:${extensions})\\b(?!\\()|${mediaTypes}`);

/** The folders of formats are those of the list. */
const folders = [...new Set(FORMATS.map(({ name }) => name.split("-").at(-1)))].join("|");
const IN_FOLDER = new RegExp(`^lib/formats/(?:${folders})/`);
const IMPORTS_FOLDER = new RegExp(`(?:formats|"\\.)/(?:${folders})/[\\w-]+\\.ts"`);

/** Whether a file imports from the folder of a format, or writes a format's name, extension or media type in a text. */
function knowsFormat(code: string): boolean {
  const text = code.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "");
  const imports = text.match(IMPORTS) ?? [];
  const rest = text.replaceAll(IMPORTS, "");
  return imports.some((line) => IMPORTS_FOLDER.test(line)) || (rest.match(TEXTS) ?? []).some((one) => SAYS_FORMAT.test(one));
}

describe("what a format is", () => {
  it("is known in its folder and in the listed files", () => {
    const files = sourceFiles(ROOT, "bin", "lib", "lambdas").filter((file) => /(?<!\.generated)\.tsx?$/.test(file));
    expect(files.length).toBeGreaterThan(400);
    const outside = files.filter((file) => !IN_FOLDER.test(file) && !file.startsWith("lib/kernel/assembly/"));
    const found = outside.filter((file) => knowsFormat(readFileSync(join(ROOT, file), "utf8")));
    expect(found.sort()).toEqual(KNOWN_ELSEWHERE.map(([file]) => file).sort());
  });

  it("is not known to the style sheet of pages, which shows the code of any format", () => {
    const ids = FORMATS.flatMap((format) => {
      if (format.scope === "archive") return [];
      return (format.scope === "table" ? format.snippets?.({ layout: 2, columns: [] }) : format.snippets?.("t")) ?? [];
    }).map(({ id }) => escaped(id));
    expect(ids).toContain("duckdb");
    const selectors = readFileSync(join(ROOT, "lib/browser/style.css"), "utf8").match(/[.#][\w-]+(?=[^{}]*\{)/g) ?? [];
    expect(selectors).toContain(".snippet");
    const own = new RegExp(`[.#-](?:${[...ids, names].join("|")})$`);
    expect(selectors.filter((selector) => own.test(selector))).toEqual([]);
  });

  it.each([
    ["the name of a format", 'const isTable = name === "parquet";'],
    ["the name of a file", 'const path = "facts.csv";'],
    ["a media type", 'const type = "text/csv;charset=utf-8";'],
    ["an import from its folder", 'import { leafColumns } from "../formats/parquet/leaf.ts";'],
    ["an import over several lines", 'import {\n  leafColumns,\n} from "./parquet/leaf.ts";'],
  ])("is known to code with %s", (_what, code) => {
    expect(knowsFormat(code)).toBe(true);
  });

  it.each([
    ["formats of the list", 'import { FORMATS } from "../formats/formats.ts";\nconst names = FORMATS.map(({ name }) => name);'],
    ["other files of a release", 'const path = "datapackage.json";'],
    ["comments", "/** Such as `facts.csv`. */\n// facts.csv"],
    ["properties", "const address = model.csv;"],
  ])("is not known to code with %s", (_what, code) => {
    expect(knowsFormat(code)).toBe(false);
  });
});
