import { expect, it } from "vitest";
import { parseJson } from "../../../lib/json/parse-json.ts";

it("returns the value of a JSON text, including null and false, or undefined if it is invalid", () => {
  expect(parseJson("null")).toEqual({ value: null });
  expect(parseJson("false")).toEqual({ value: false });
  expect(parseJson('{"a": [1]}')).toEqual({ value: { a: [1] } });
  expect(parseJson("")).toBeUndefined();
  expect(parseJson("{a: 1}")).toBeUndefined();
});

it("rethrows errors that are not about the text", () => {
  const text = {
    toString() {
      throw new TypeError("not a text");
    },
  };
  expect(() => parseJson(text as unknown as string)).toThrow("not a text");
});
