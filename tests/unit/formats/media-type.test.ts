import { describe, expect, it } from "vitest";
import { mediaTypeOfName } from "../../../lib/formats/media-type.ts";

describe("mediaType", () => {
  it.each([
    ["a.csv", "text/csv", true, true],
    ["index.html", "text/html", true, true],
    ["feed.xml", "application/xml", true, true],
    ["a.css", "text/css", true, true],
    ["a.js", "text/javascript", true, true],
    ["a.avro", "application/avro", false, false],
    ["a.png", "image/png", false, false],
    ["a.woff2", "font/woff2", false, false],
    ["README.md", "text/plain", true, true],
    ["SHA256SUMS", "text/plain", true, true],
  ])("%s is %s", (name, mediaType, isText, isCompressedByCdn) => {
    expect(mediaTypeOfName(name)).toMatchObject({ mediaType, isText, isCompressedByCdn });
  });
});
