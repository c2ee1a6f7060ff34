import { describe, expect, it } from "vitest";
import { codeAddress } from "../../../lib/formats/code-address.ts";

describe("codeAddress", () => {
  it("returns an address that is safe in quotes", () => {
    expect(codeAddress("https://example.org/a~1.csv?b=c&d")).toBe("https://example.org/a~1.csv?b=c&d");
    expect(codeAddress(`a"b'c\\d e$f\`g\n`)).toBe("a%22b%27c%5Cd%20e%24f%60g%0A");
  });
});
