import { describe, expect, it } from "vitest";
import { starterFiles } from "../../../bin/commands/starter-files.ts";
import type { Metadata } from "../../../lib/dataset/metadata.ts";
import { overlookedPlaceholderProblems } from "../../../lib/dataset/overlooked-placeholder-problems.ts";
import { UNMARKED_DESCRIPTION } from "../../../lib/dataset/placeholder-problems.ts";
import type { Schema } from "../../../lib/schema/schema.ts";

const good: Metadata = {
  name: "gems",
  title: "Gems",
  description: "Every gem.",
  licenses: [{ name: "CC0-1.0", title: "CC0 1.0" }],
  release: { version: "1.0.0" },
};
const things: Schema = { type: "object", properties: { things: { type: "array", description: "One row is one gem." } } };
const found = (change: Partial<Metadata>, schema = things): string[] =>
  overlookedPlaceholderProblems({ ...good, ...change }, schema).map(({ file, message }) => `${file} ${message.split('"')[1]}`);

describe("placeholders that earlier versions released", () => {
  it.each<[Partial<Metadata>, string[]]>([
    [{}, []],
    [{ description: UNMARKED_DESCRIPTION }, [`dataset.json ${UNMARKED_DESCRIPTION}`]],
    [{ description: "todo: say what Gems." }, ["dataset.json todo: say what Gems."]],
    [{ title: " Todo" }, ["dataset.json  Todo"]],
    [{ licenses: [{ name: "CC0-1.0", title: "TODO: choose a licence" }] }, ["dataset.json TODO: choose a licence"]],
    [{ licenses: [{ name: "CC0-1.0", path: "todo: address" }] }, ["dataset.json todo: address"]],
    [{ licenses: [{ name: "todo" }] }, ["dataset.json todo"]],
    [{ title: "Todo lists of the city", licenses: [{ name: "CC0-1.0", title: "Todos" }] }, []],
    // Reported with their line, in every version.
    [{ description: "TODO", licenses: [{ name: "TODO", title: "TODO" }] }, []],
  ])("%j: %j", (change, expected) => {
    expect(found(change)).toEqual(expected);
    expect(found({ ...change, release: { records: "stay" } })).toEqual([]);
  });

  it("include the starter's description of its table", () => {
    const schema = JSON.parse(starterFiles("gems")["schema.json"] as string) as Schema;
    expect(found({}, schema)).toEqual(["schema.json One row is one thing."]);
  });
});
