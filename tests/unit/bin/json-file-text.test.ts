import { describe, expect, it } from "vitest";
import { jsonFileText } from "../../../bin/commands/json-file-text.ts";

describe("jsonFileText", () => {
  it("is indented JSON", () => {
    expect(jsonFileText({ a: [1] })).toBe('{\n  "a": [\n    1\n  ]\n}\n');
  });
});
