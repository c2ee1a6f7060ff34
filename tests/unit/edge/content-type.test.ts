import { describe, expect, it } from "vitest";
import { contentType } from "../../../lib/edge/content-type.ts";

describe("contentType", () => {
  it("name the media type, with UTF-8 for texts", () => {
    expect(["a.csv", "LICENSE", "a.json", "a.png", "feed.xml"].map((name) => contentType(name))).toEqual([
      "text/csv; charset=utf-8",
      "text/plain; charset=utf-8",
      "application/json",
      "image/png",
      "application/xml",
    ]);
  });
});
