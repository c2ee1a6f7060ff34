import { describe, expect, it } from "vitest";
import { describingFiles } from "../../../bin/commands/describing-files.ts";
import { starterFiles } from "../../../bin/commands/starter-files.ts";
import { openDataset } from "../../../lib/dataset/dataset.ts";
import type { Metadata } from "../../../lib/dataset/metadata.ts";
import { placeholderProblems } from "../../../lib/dataset/placeholder-problems.ts";

const good: Metadata = {
  name: "towns",
  title: "Towns",
  description: "Every town.",
  licenses: [{ name: "CC0-1.0" }],
  release: { version: "1.0.0" },
};
const paths = (metadata: Metadata): string[] => placeholderProblems(metadata).map(({ path }) => path.join("."));

describe("text that the author still has to write", () => {
  it.each([
    [{}, []],
    [{ title: "TODO" }, ["title"]],
    [{ description: "TODO: later" }, ["description"]],
    [{ description: " TODO" }, ["description"]],
    [{ description: "A list of TODO items." }, []],
    [{ description: "TODOs of the town." }, []],
    [{ licenses: [{ name: "CC0-1.0" }, { name: "TODO" }] }, ["licenses.1.name"]],
    [{ description: "TODO", licenses: [{ name: "TODO" }] }, ["description", "licenses.0.name"]],
  ])("%j cannot be released: %j", (change, expected) => {
    expect(paths({ ...good, ...change })).toEqual(expected);
    expect(paths({ ...good, ...change, release: { records: "stay" } })).toEqual([]);
    const { release: _, ...draft } = { ...good, ...change };
    expect(paths(draft)).toEqual([]);
  });
});

describe("a new dataset", () => {
  const opened = (files: Record<string, string>, release: object | undefined): string[] => {
    const metadata = { ...(JSON.parse(files["dataset.json"] as string) as object), ...(release ? { release } : {}) };
    const small = new Map(
      Object.entries({ ...files, "dataset.json": JSON.stringify(metadata) }).map(([path, text]) => [path, Buffer.from(text)]),
    );
    return openDataset(Object.keys(files), small).problems.map(({ field }) => field ?? "");
  };
  it.each([
    ["of the starter", starterFiles("any")],
    [
      "of a table",
      {
        ...describingFiles("any", "Any", "rows", {
          type: "array",
          title: "Rows",
          description: "Rows.",
          primaryKey: ["id"],
          items: { type: "object", required: ["id"], properties: { id: { type: "string", title: "Id", description: "Id." } } },
        }),
        "rows.json": "[]",
      },
    ],
  ])("%s is a valid draft, and cannot be released without a description and a licence", (_, files) => {
    expect(opened(files, undefined)).toEqual([]);
    expect(opened(files, { version: "1.0.0" })).toEqual(["description", "licenses[0].name"]);
  });
});
