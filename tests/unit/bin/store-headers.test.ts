import { describe, expect, it } from "vitest";
import { storeHeaders } from "../../../bin/store-headers.ts";

describe("storeHeaders", () => {
  it("returns the headers for a kind of file", () => {
    expect(storeHeaders("d/1.0.0/t.csv")).toEqual({
      contentType: "text/csv; charset=utf-8",
      cacheControl: expect.stringContaining("immutable"),
    });
    expect(storeHeaders("d/releases.json").cacheControl).not.toContain("immutable");
  });
});
