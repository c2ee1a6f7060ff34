import { expect, it } from "vitest";
import { keepCompiled } from "../../../lib/schema/keep-compiled.ts";

it("compiles each text once, also one without a result, and drops all results beyond a hundred", () => {
  const compiled: string[] = [];
  const kept = keepCompiled((text) => {
    compiled.push(text);
    return text === "" ? undefined : { text };
  });
  const first = kept("a");
  expect(kept("a")).toBe(first);
  expect([first, kept(""), kept("")]).toEqual([{ text: "a" }, undefined, undefined]);
  expect(compiled).toEqual(["a", ""]);
  for (let i = 0; i < 98; i += 1) kept(String(i));
  kept("a");
  expect(compiled).toHaveLength(100);
  kept("one more");
  kept("a");
  expect(compiled.slice(100)).toEqual(["one more", "a"]);
});

it("keeps nothing of what fails", () => {
  let calls = 0;
  const kept = keepCompiled(() => {
    calls += 1;
    throw new RangeError("too long");
  });
  for (let i = 0; i < 2; i += 1) expect(() => kept("a")).toThrow("too long");
  expect(calls).toBe(2);
});
