import { describe, expect, it } from "vitest";
import { findKeyLines } from "../../../lib/engine/find-key-lines.ts";
import { batchOf, plan } from "./record-plan.ts";

describe("findKeyLines", () => {
  const bytes = '{"id":"a",\n"river":"rhine"},\n{"n":1,\n"id":"b","all":["elbe","rhine"],"parts":[{"of":"rhine"}]},\n7';
  const at = { line: 10, column: 3 };

  it("finds the lines of keys", () => {
    expect(findKeyLines(plan, batchOf(bytes, at), bytes)).toEqual([10, 13, 14]);
  });
});
