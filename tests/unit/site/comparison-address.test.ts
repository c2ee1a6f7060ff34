import { describe, expect, it } from "vitest";
import { comparisonAddress, parseComparison } from "../../../lib/site/versions/comparison-address.ts";

describe("the address of a comparison", () => {
  it("names the versions that are read from it again", () => {
    const { pathname, search, hash } = new URL(comparisonAddress("pact", "1.0.0", "10.20.30"), "https://data.example");
    expect([pathname, search, hash]).toEqual(["/pact/", "?compare=1.0.0...10.20.30", "#comparison"]);
    expect(parseComparison(search)).toEqual(["1.0.0", "10.20.30"]);
    expect(parseComparison("?q=a&compare=1.0.0...2.0.0")).toEqual(["1.0.0", "2.0.0"]);
  });

  it.each(["", "?compare=", "?compare=1.0.0", "?compare=1.0.0..2.0.0", "?compare=1.0.0...latest", "?compare=../1.0.0...2.0.0"])(
    "compares nothing if it is %j",
    (search) => {
      expect(parseComparison(search)).toBe(undefined);
    },
  );
});
