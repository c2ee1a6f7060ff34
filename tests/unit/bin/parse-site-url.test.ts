import { describe, expect, it } from "vitest";
import { parseSiteUrl } from "../../../bin/commands/parse-site-url.ts";
import { UsageError } from "../../../bin/usage-error.ts";

describe("parseSiteUrl", () => {
  it("returns the address of a site without a trailing slash", () => {
    expect(["https://data.example.org", "https://data.example.org//", "http://localhost:8080/"].map(parseSiteUrl)).toEqual([
      "https://data.example.org",
      "https://data.example.org",
      "http://localhost:8080",
    ]);
    for (const text of ["data.example.org", "ftp://data.example.org", "https://", "https:///a", "https://a b", "https://[", " https://a"])
      expect(() => parseSiteUrl(text)).toThrow(new UsageError(`--url is a web address such as https://data.example.org, not "${text}"`));
    for (const text of ["https://data.example.org/a", "https://data.example.org/a/"])
      expect(() => parseSiteUrl(text)).toThrow(
        new UsageError(`--url has no path: a site is served from the root of its address, not from "${text}"`),
      );
  });
});
