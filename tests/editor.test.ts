import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { getLanguageService, type JSONDocument, TextDocument } from "vscode-json-languageservice";
import { ROOT } from "./scratch.ts";

/** VS Code's own JSON service, with the settings in the repository, as VS Code passes them. */
function editor() {
  const service = getLanguageService({
    schemaRequestService: (uri) => readFile(fileURLToPath(uri), "utf8"),
    workspaceContext: { resolveRelativePath: (path, base) => new URL(path, base).href },
  });
  const { "json.schemas": associations } = JSON.parse(readFileSync(join(ROOT, ".vscode/settings.json"), "utf8")) as {
    "json.schemas": { fileMatch: string[]; url: string }[];
  };
  const folder = pathToFileURL(ROOT).href.replace(/\/$/, "");
  service.configure({
    schemas: associations.map(({ fileMatch, url }) => ({
      uri: new URL(url, `${folder}/`).href,
      // A pattern is matched with the address as people read it.
      fileMatch: fileMatch.map((match) => `${decodeURI(folder)}${match}`),
    })),
  });
  return service;
}

/** A changed data file, as the editor opens it. */
function opened(path: string, change: (text: string) => string): { text: string; document: TextDocument; json: JSONDocument } {
  const text = change(readFileSync(join(ROOT, path), "utf8"));
  const document = TextDocument.create(pathToFileURL(join(ROOT, path)).href, "json", 1, text);
  return { text, document, json: editor().parseJSONDocument(document) };
}

const FACTS = "data/abraham-accords/facts/oman.json";
const misspelt = (text: string): string => text.replace('"certainty": "speculated"', '"certainty": "speculatd"');

describe("VS Code, with the files that factpress editor writes,", () => {
  it.each([FACTS, "data/abraham-accords/sources.json", "data/abraham-accords/dataset.json"])("finds no problems in %s", async (path) => {
    const { document, json } = opened(path, (text) => text);
    expect(await editor().doValidation(document, json)).toEqual([]);
  });

  it("underlines a misspelt certainty, and lists what is allowed", async () => {
    const { text, document, json } = opened(FACTS, misspelt);
    const [found, ...others] = await editor().doValidation(document, json);
    expect(others).toEqual([]);
    expect(found?.message).toContain('"confirmed", "reported", "expected", "speculated", "disputed", "refuted"');
    expect(text.slice(document.offsetAt(found?.range.start as never), document.offsetAt(found?.range.end as never))).toBe('"speculatd"');
  });

  it("completes a certainty, and the columns that a record has not yet", async () => {
    const { text, document, json } = opened(FACTS, misspelt);
    const values = await editor().doComplete(document, document.positionAt(text.indexOf('"speculatd"') + 1), json);
    expect(values?.items.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['"confirmed"', '"reported"', '"expected"', '"speculated"', '"disputed"', '"refuted"']),
    );
    const columns = await editor().doComplete(document, document.positionAt(text.indexOf('"certainty"') + 1), json);
    const labels = columns?.items.map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(["certainty", "conflict", "replacedBy"]));
    expect(labels).not.toContain("rank");
  });

  it("explains a column on hover", async () => {
    const { text, document, json } = opened(FACTS, (before) => before);
    const hover = await editor().doHover(document, document.positionAt(text.indexOf('"certainty"') + 2), json);
    expect(JSON.stringify(hover?.contents)).toContain("two independent sources that say the same, or one official or scholarly one");
  });
});
