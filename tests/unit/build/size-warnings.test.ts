import { describe, expect, it } from "vitest";
import { LARGE_DATASET_RECORDS } from "../../../lib/build/is-large-dataset.ts";
import { sizeWarnings } from "../../../lib/build/size-warnings.ts";
import type { Format } from "../../../lib/formats/format.ts";
import { FORMATS } from "../../../lib/formats/formats.ts";
import { MAX_SHEET_ROWS } from "../../../lib/formats/xlsx/sheet-limits.ts";
import type { TableDifference } from "../../../lib/release/difference.ts";

const differenceOf = (counts: Partial<TableDifference["counts"]>): TableDifference => ({
  counts: { added: 0, changed: 0, replaced: 0, removed: 0, ...counts },
  ...{ added: [], changed: [], replaced: [], removed: [], spools: {}, active: { before: 0, after: 0, lost: 0 } },
});

interface Case {
  rows: Record<string, number>;
  counts?: Partial<TableDifference["counts"]>;
  named?: string[];
  before?: string[];
  known?: Format[];
}

/** The warnings of a change of the table `facts`. */
const warnings = ({ rows, counts = {}, named, before, known }: Case): string[] =>
  sizeWarnings({ tables: { facts: differenceOf(counts) } }, { rows: new Map(Object.entries(rows)), named, before, known }).map(
    ({ file, message }) => `${file}: ${message}`,
  );

describe("sizeWarnings", () => {
  const grows = { rows: { facts: LARGE_DATASET_RECORDS - 10, entities: 11 }, counts: { added: 1 } };
  const large = ["dataset.json: The dataset grows to more than 100,000 records, and keeps the formats that it has"];

  it("warn when the records of all tables pass the size of a large dataset", () => {
    expect(warnings(grows)).toEqual(large);
    expect(warnings({ ...grows, before: ["csv", "json", "ndjson"] })).toEqual(large);
    expect(warnings({ rows: { facts: LARGE_DATASET_RECORDS }, counts: { added: 1 } })).toEqual([]);
  });

  it("warn about the formats that are known to this run, not about others of the package", () => {
    const known = FORMATS.filter(({ isForSmallOnly, maxRows }) => !isForSmallOnly && maxRows === undefined);
    expect(warnings({ ...grows, known })).toEqual([]);
    expect(warnings({ rows: { facts: MAX_SHEET_ROWS }, counts: { added: 1 }, known })).toEqual([]);
    const [format] = FORMATS;
    const own = { ...(format as Format), label: "Own", maxRows: 7 };
    expect(warnings({ rows: { facts: 8 }, counts: { added: 1 }, known: [own] })).toEqual([
      "facts.json: The table grows to more than 7 rows: the Own file no longer contains it",
    ]);
  });

  it("warn once, not about each later change", () => {
    expect(warnings({ ...grows, counts: {} })).toEqual([]);
    expect(warnings({ ...grows, counts: { added: 5, removed: 3, replaced: 2 } })).toEqual([]);
    expect(warnings({ ...grows, counts: { added: 5, removed: 4 } })).toEqual(large);
  });

  it("do not warn if the formats were chosen, or are those of a large dataset", () => {
    expect(warnings({ ...grows, named: ["csv", "json", "ndjson"] })).toEqual([]);
    expect(warnings({ ...grows, before: ["csv", "ndjson", "parquet"] })).toEqual([]);
  });

  it("warn when a table no longer fits in a sheet of a workbook", () => {
    const full = { rows: { facts: MAX_SHEET_ROWS }, counts: { added: 1 } };
    const [warning] = warnings({ ...full, named: ["csv", "ndjson", "xlsx"] });
    expect(warning).toMatch(/^facts\.json: The table grows to more than 1,048,575 rows: the Excel file no longer contains it$/);
    expect(warnings({ ...full, named: ["csv", "ndjson"] })).toEqual([]);
    expect(warnings({ rows: { facts: MAX_SHEET_ROWS - 1 }, counts: { added: 1 } })).toEqual([]);
  });
});
