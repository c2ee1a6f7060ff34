import { expect, it } from "vitest";
import { columnWidth } from "../../../../lib/site/explorer/column-width.ts";
import type { ExplorerColumn, Row } from "../../../../lib/site/explorer/explorer-model.ts";

const widthOf = (kind: ExplorerColumn["kind"], title: string, texts: readonly string[]): number =>
  columnWidth(
    { name: "c", title, kind },
    0,
    texts.map((text) => ({ cells: [text] }) as Row),
  );

it.each<[what: string, kind: ExplorerColumn["kind"], title: string, texts: string[], width: number]>([
  ["eight characters at least", "text", "a", ["x", "y"], 2],
  ["eight characters without any text", "text", "a", ["", ""], 2],
  ["nine of ten texts, and not the longest", "text", "a", [...Array<string>(19).fill("x".repeat(12)), "x".repeat(29)], 3],
  ["thirty characters at most", "text", "a", ["x".repeat(200)], 8],
  ["the longest date, since dates are not wrapped", "date", "a", [...Array<string>(99).fill("2020"), "27 Jan 2026"], 4],
  ["the longest word of its title", "number", "Population density", ["1"], 3],
  ["filled cells only", "text", "a", [...Array<string>(50).fill(""), "x".repeat(20)], 5],
])("a column is as wide as %s", (_, kind, title, texts, width) => {
  expect(widthOf(kind, title, texts)).toBe(width);
});
