import { describe, expect, it } from "vitest";
import { parseStoredJson } from "../../../lib/render/parse-stored-json.ts";

describe("parseStoredJson", () => {
  it("is its value, or undefined if it is damaged", () => {
    expect([parseStoredJson('{"a":1}'), parseStoredJson(Buffer.from("[1]")), parseStoredJson("{"), parseStoredJson("")]).toEqual([
      { a: 1 },
      [1],
      undefined,
      undefined,
    ]);
  });
});
