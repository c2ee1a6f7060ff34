import { describe, expect, it } from "vitest";
import { checkAgainst } from "../../../lib/json/check-against.ts";

describe("checkAgainst", () => {
  it("returns the problems of a value", () => {
    const check = checkAgainst({ type: "object", required: ["a"], properties: { a: { type: "integer" } } });
    expect(check({ a: 1 })).toEqual([]);
    expect(check({ a: "x" })).toMatchObject([{ path: ["a"] }]);
    expect(check({})).toMatchObject([{ path: [], missing: "a" }]);
  });
});
