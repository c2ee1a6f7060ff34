import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { expect, it } from "vitest";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { RowLine } from "../../../../lib/site/page/row-line.tsx";

const column = (title: string, kind: string) => ({ name: title.toLowerCase(), title, kind });
const lineOf = (columns: object[], row: Partial<Row> & Pick<Row, "cells">): string => {
  const model = { table: "facts", columns, sources: [{ title: "Report", by: "" }] } as unknown as ExplorerModel;
  return renderToString(h(RowLine, { model, row: { id: "1", in: [], ...row } }));
};

it("names a statement by its subject and value, and gives its other cells without their titles", () => {
  const columns = [column("About", "subject"), column("Value", "value"), column("Status", "status"), column("Note", "text")];
  expect(lineOf(columns, { cells: ["Sudan", "Signatory", "ended", "Of 2021"] })).toBe(
    '<li id="facts-1" dir="auto">Sudan: Signatory: Of 2021 · ended</li>',
  );
});

it("names another row by its first cell, and gives the rest with its titles, sources and claims", () => {
  const columns = [column("Name", "text"), column("Length", "number"), column("Mouth", "text")];
  const claims = { claims: [{ id: "2", text: "1,233", source: 0 }], replacedBy: { id: "3", text: "1,232", source: 0 } };
  expect(
    lineOf(columns, { cells: ["Rhine", "1,230", ""], sources: [[0, "page 1", 1], [0]], more: [["Basin", "North Sea"]], ...claims }),
  ).toBe(
    '<li id="facts-1" dir="auto">Rhine · Length: 1,230 · Report: “page 1” · Report · contradicted by Report: 1,233 · replaced by Report: 1,232 · Basin: North Sea</li>',
  );
});
