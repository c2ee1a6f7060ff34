import { describe, expect, it } from "vitest";
import { isTableName } from "../../../lib/dataset/is-table-name.ts";

describe("isTableName", () => {
  it.each(["facts", "a", "A1", "link_table", "link-table", "a1_b2-c3"])("accepts %s", (name) => {
    expect(isTableName(name)).toBe(true);
  });

  it.each([
    "",
    "1a",
    "_a",
    "a_",
    "a__b",
    "a b",
    "a.b",
    "ä",
    "schema",
    "README",
    "Changes",
    "index",
    "feed",
    "explorer",
    "sha256sums",
    "datapackage",
  ])("refuses %j", (name) => {
    expect(isTableName(name)).toBe(false);
  });
});
