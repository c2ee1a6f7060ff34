import { describe, expect, it } from "vitest";
import { formatNameProblems } from "../../../lib/dataset/format-names.ts";

describe("formatNameProblems", () => {
  const names = { known: ["csv", "json", "parquet"], required: ["csv"] };
  const problems = (formats?: string[]) => formatNameProblems({ release: formats ? { formats } : {} } as never, names);

  it("finds unknown names, with their paths, and missing names", () => {
    expect(problems()).toEqual([]);
    expect(problems(["csv", "parquet"])).toEqual([]);
    expect(problems(["csv", "parqet", "x"]).map(({ path }) => path)).toEqual([
      ["release", "formats", 1],
      ["release", "formats", 2],
    ]);
    expect(JSON.stringify(problems(["csv", "parqet"]))).toContain('\\"parquet\\"');
    expect(problems(["json"]).map(({ path }) => path)).toEqual([["release", "formats"]]);
  });

  it("does not report a misspelt format as missing", () => {
    const all = { known: ["csv", "ndjson", "xlsx"], required: ["csv", "ndjson"] };
    const found = formatNameProblems({ release: { formats: ["CSV", "ndjsn"] } } as never, all);
    expect(found.map(({ remedy }) => remedy)).toEqual(['Did you mean "csv"?', 'Did you mean "ndjson"?']);
  });
});
