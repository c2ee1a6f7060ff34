import { expect, it } from "vitest";
import { keywordProblems } from "../../../lib/dataset/keyword-problems.ts";

const record = (more: object): object => ({ properties: { t: { items: { properties: { name: { type: "string" } }, ...more } } } });
const said = (root: object): [string, string | undefined][] =>
  keywordProblems(root).map(({ message, remedy }) => [message, remedy] as [string, string | undefined]);

it("reports a required column that no record can have", () => {
  const required = ["nam"];
  const impossible = [['"nam" is required, but is not in properties', 'Did you mean "name"?']];
  expect(said(record({ required }))).toEqual(impossible);
  expect(said(record({ required, additionalProperties: false }))).toEqual(impossible);
  expect(said(record({ required: ["name"] }))).toEqual([]);
  for (const open of [{ additionalProperties: true }, { patternProperties: { "^n": {} } }])
    expect(said(record({ required, ...open })), JSON.stringify(open)).toEqual([]);
});

it("reports unknown keywords, with a suggestion", () => {
  expect(said(record({ requird: ["name"] }))).toEqual([
    ['Unknown keyword "requird", which would check nothing', 'Did you mean "required"?'],
  ]);
  expect(said(record({ "x-note": 1 }))).toEqual([]);
});
