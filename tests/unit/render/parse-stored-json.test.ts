import { describe, expect, it } from "vitest";
import { parseStoredJson } from "../../../lib/render/parse-stored-json.ts";

describe("parseStoredJson", () => {
  it("returns the value, or undefined if the text is damaged", () => {
    expect([parseStoredJson('{"a":1}'), parseStoredJson(Buffer.from("[1]")), parseStoredJson("{"), parseStoredJson("")]).toEqual([
      { a: 1 },
      [1],
      undefined,
      undefined,
    ]);
  });
});
