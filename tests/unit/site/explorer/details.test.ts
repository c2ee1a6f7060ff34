import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, it } from "vitest";
import { Details } from "../../../../lib/site/explorer/details.tsx";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";

const model = {
  table: "facts",
  columns: [],
  facets: [],
  sources: ["Report", "Journal", "Gazette"].map((title) => ({ title, by: "" })),
} as unknown as ExplorerModel;

const textOf = (sources: NonNullable<Row["sources"]>): string =>
  renderToString(h(Details, { model, row: { id: "1", cells: [], in: [], sources }, actions: undefined }))
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

it("lists sources that support a record apart from those that only mention its subject", () => {
  expect(
    textOf([
      [0, "page 1", 1],
      [1, "supports: too"],
      [2, "mentions: of another year", 0],
    ]),
  ).toBe("2 sources Report page 1 Journal supports: too Mentioned in Gazette mentions: of another year");
  expect(textOf([[0]])).toBe("1 source Report");
});
