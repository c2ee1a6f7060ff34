import { describe, expect, it } from "vitest";
import { openDataset } from "../../../lib/dataset/dataset.ts";
import { METADATA_SCHEMA } from "../../../lib/dataset/metadata.ts";
import { renamedMetadata } from "../../../lib/dataset/renamed-metadata.ts";
import { checkAgainst } from "../../../lib/json/check-against.ts";

const METADATA = { name: "d", title: "D", description: "A.", licenses: [{ name: "CC0-1.0" }] };
const problemsOf = (more: object): string[] =>
  renamedMetadata(checkAgainst(METADATA_SCHEMA)({ ...METADATA, ...more })).map(
    ({ path, message, remedy }) => `${path.join(".")} ${message.replace(/;.*/, "")} | ${remedy}`,
  );

it("a schema whose name is in capitals is found, not restored", () => {
  const { problems } = openDataset(["dataset.json", "Schema.json"], new Map([["dataset.json", Buffer.from(JSON.stringify(METADATA))]]));
  expect(problems.map(({ file, message, remedy }) => `${file}: ${message} | ${remedy}`)).toEqual([
    "schema.json: The file is missing, but there is Schema.json: upper and lower case differ | Rename it to schema.json.",
  ]);
});

describe("renamedMetadata", () => {
  it("is one problem for another name of the one property that is missing", () => {
    expect(problemsOf({ contributors: [{ title: "Ann" }, { name: "Bob", roles: ["author"] }] })).toEqual([
      'contributors.1.name Unknown column "name" | Did you mean "title"?',
    ]);
    expect(problemsOf({ licenses: [{ spdx: "CC0-1.0" }] })).toEqual(['licenses.0.spdx Unknown column "spdx" | Did you mean "name"?']);
  });

  it("is two problems if the unknown property has another meaning", () => {
    expect(problemsOf({ description: undefined, sources: [] }).join("\n")).toMatch(/description.*\n.*sources|sources.*\n.*description/s);
    expect(problemsOf({ description: undefined, sources: [] })).toHaveLength(2);
    expect(problemsOf({ contributors: [{ organisation: "ACME" }] })).toHaveLength(2);
    expect(problemsOf({ description: undefined, descripton: "A." })).toHaveLength(1);
    expect(problemsOf({ description: undefined, summary: "A." })).toHaveLength(1);
  });

  it("is two problems if more is missing or unknown, or in another object", () => {
    expect(problemsOf({ contributors: [{ first: "Bob", last: "B." }] })).toHaveLength(3);
    expect(problemsOf({ title: undefined, contributors: [{ title: "Bob", mail: "b" }] })).toHaveLength(2);
    expect(problemsOf({ title: undefined, description: undefined, rights: "x" })).toHaveLength(3);
  });
});
