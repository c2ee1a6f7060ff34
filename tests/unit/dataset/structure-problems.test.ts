import { expect, it } from "vitest";
import { structureProblems } from "../../../lib/dataset/structure-problems.ts";

it.each([
  ["a keyword that is refused", { $anchor: "a" }, '"$anchor" is not supported', "Describe the value where it is used."],
  ["an id below the top", { $id: "a" }, '"$id" is allowed at the top of the schema only', "Remove it."],
  ["a format with a typo", { format: "dat" }, 'Unknown format "dat"', 'Did you mean "date"?'],
  [
    "a reference to another file",
    { $ref: "a.json" },
    '"$ref" points outside the schema: "a.json"',
    'Refer to a definition in this file: "#/$defs/…".',
  ],
])("names the place, the problem and the remedy of %s", (_what, schema, message, remedy) => {
  const [keyword = ""] = Object.keys(schema);
  expect(structureProblems({ properties: { a: schema } } as never)).toMatchObject([
    { path: ["properties", "a", keyword], message, remedy },
  ]);
});
