import { describe, expect, it } from "vitest";
import { explainCsvColumns } from "../../../bin/commands/explain-csv-columns.ts";
import { UsageError } from "../../../bin/usage-error.ts";
import { UnknownColumnError } from "../../../lib/csv-import/unknown-column-error.ts";

describe("explainCsvColumns", () => {
  it("names the file of an unknown column", async () => {
    const unknown = () => Promise.reject(new UnknownColumnError('there is no column "x"'));
    await expect(explainCsvColumns("a.csv", unknown)).rejects.toThrow(new UsageError('In a.csv there is no column "x"'));
    await expect(explainCsvColumns("a.csv", () => Promise.reject(new TypeError("bug")))).rejects.toThrow(new TypeError("bug"));
    expect(await explainCsvColumns("a.csv", async () => 1)).toBe(1);
  });
});
