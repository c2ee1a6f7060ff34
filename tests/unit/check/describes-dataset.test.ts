import { describe, expect, it } from "vitest";
import { describesDataset } from "../../../lib/check/describes-dataset.ts";

describe("describesDataset", () => {
  it("is true for files that are read whole", () => {
    expect(["dataset.json", "schema.json", "LICENSE", "checks/a.sql", "views/a.sql", "views/a.json"].map(describesDataset)).toEqual([
      true,
      true,
      true,
      true,
      true,
      true,
    ]);
    expect(["t.json", "t/a.json", "README.md", "checks/a.txt", "x/dataset.json"].some(describesDataset)).toBe(false);
  });
});
