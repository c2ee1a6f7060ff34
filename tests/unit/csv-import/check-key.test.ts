import { describe, expect, it } from "vitest";
import { checkKey } from "../../../lib/csv-import/check-key.ts";
import { csvOf } from "./csv-rows.ts";

describe("checkKey", () => {
  const check = (text: string, ...indexes: number[]) => checkKey(indexes, () => csvOf(text).rows());

  it("accepts columns that identify the rows", async () => {
    expect(await check("a,1\na,2\nb,1", 0, 1)).toBeUndefined();
    expect(await check("a,1\nb,1", 0)).toBeUndefined();
  });

  it.each([
    ["a,1\na,2", { line: 2, message: 'does not identify the rows: "a" is in lines 1 and 2' }],
    ["a,1\n,2", { line: 2, message: "does not identify the rows: it is empty in line 2" }],
    ["a,1\n,2\n,3\n,4", { line: 2, message: "does not identify the rows: it is empty in line 2, and 2 more" }],
    ["a,1\na,2\na,3", { line: 2, message: 'does not identify the rows: "a" is in lines 1 and 2, and 1 more' }],
    ["a,1\n b,2", { line: 2, message: 'cannot be the key: " b" (line 2) has a space around it' }],
  ])("refuses the first column of %j", async (text, expected) => {
    expect(await check(text, 0)).toEqual(expected);
  });
});
