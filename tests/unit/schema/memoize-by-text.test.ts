import { expect, it } from "vitest";
import { memoizeByText } from "../../../lib/schema/memoize-by-text.ts";

it("compiles each text once, even if the result is undefined, and clears the cache after a hundred", () => {
  const compiled: string[] = [];
  const memoized = memoizeByText((text) => {
    compiled.push(text);
    return text === "" ? undefined : { text };
  });
  const first = memoized("a");
  expect(memoized("a")).toBe(first);
  expect([first, memoized(""), memoized("")]).toEqual([{ text: "a" }, undefined, undefined]);
  expect(compiled).toEqual(["a", ""]);
  for (let i = 0; i < 98; i += 1) memoized(String(i));
  memoized("a");
  expect(compiled).toHaveLength(100);
  memoized("one more");
  memoized("a");
  expect(compiled.slice(100)).toEqual(["one more", "a"]);
});

it("does not cache failures", () => {
  let calls = 0;
  const memoized = memoizeByText(() => {
    calls += 1;
    throw new RangeError("too long");
  });
  for (let i = 0; i < 2; i += 1) expect(() => memoized("a")).toThrow("too long");
  expect(calls).toBe(2);
});
