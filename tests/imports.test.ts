import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { generateTable } from "./imports/generate-table.ts";
import { publishHere } from "./imports/publish-here.ts";
import { silentChanges } from "./imports/silent-changes.ts";
import { ROOT, scratch } from "./scratch.ts";

const SHAPES = join(ROOT, "tests/imports/shapes");
const TABLES = Number(process.env["FACTPRESS_TABLES"] ?? 20);

describe("every published cell equals that of the source, or was reported", () => {
  it.each(readdirSync(SHAPES))("in a table shaped like a public one: %s", async (name) => {
    const text = readFileSync(join(SHAPES, name), "utf8");
    expect(await publishHere(join(await scratch(), "t.csv"), text)).toEqual({ silent: [], refused: [] });
  });

  it.each(Array.from({ length: TABLES }, (_, i) => i + 1))("in the generated table %i", async (seed) => {
    const { text } = generateTable(seed);
    expect(await publishHere(join(await scratch(), "t.csv"), text)).toEqual({ silent: [], refused: [] });
  });
});

describe("the comparison finds", () => {
  const source = [
    { line: 2, cells: ["1.50"] },
    { line: 3, cells: ["2.50"] },
  ];
  const compare = (values: string[], ...notes: string[]) =>
    silentChanges(
      source,
      values.map((v) => ({ v })),
      [{ name: "v", index: 0, notes }],
    );
  it.each([
    ["nothing where all was named", ["1.5", "2.5"], ['"1.50" is read as 1.5 (line 2, and 1 more)'], []],
    ["nothing where nothing changed", ["1.50", "2.50"], [], []],
    ["a change that was not named", ["1.50", "2.5"], [], ['v, line 3: "2.50" became "2.5"', "v: 1 cells changed, 0 were named"]],
    ["a wrong count", ["1.5", "2.5"], ['"1.50" is read as 1.5 (line 2)'], ["v: 2 cells changed, 1 were named"]],
    ["a wrong value", ["1.5", "2.50"], ['"1.50" is read as 1 (line 2)'], ["v, line 2: said 1.50 → 1, is 1.50 → 1.5"]],
    ["two cells that became one", ["2.5", "2.5"], ['"1.50" is read as 2.5 (line 2, and 1 more)'], ['v: "1.50" and "2.50" became 2.5']],
    ["a lost row", ["1.50"], [], ["2 rows became 1"]],
  ])("%s", (_what, values, notes, violations) => {
    expect(compare(values, ...notes)).toEqual(violations);
  });
});
