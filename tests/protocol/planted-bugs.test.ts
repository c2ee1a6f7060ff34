import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../scratch.ts";
import { PLANTED } from "./planted-bugs.ts";
import { SCENARIOS } from "./scenarios.ts";

const TESTS = ["every-call", "interleavings", "readings"]
  .map((name) => readFileSync(join(ROOT, `tests/protocol/${name}.test.ts`), "utf8"))
  .join("\n");
const BUGS = PLANTED.map((planted) => [planted.bug, planted] as const);
const TITLES = new Set(SCENARIOS.map(({ name }) => name));

// The suite plants them and takes minutes; renamed code or a renamed test shows here.
describe("a bug that the suite plants in the protocol", () => {
  it.each(BUGS)("%s: has one place in the code", (_bug, { file, from, also }) => {
    const source = readFileSync(join(ROOT, file), "utf8");
    for (const text of [from, ...(also ? [also[0]] : [])]) expect(source.split(text), text).toHaveLength(2);
  });

  it.each(BUGS)("%s: has tests that find it", (_bug, { finds }) => {
    expect(finds.filter((title) => !TITLES.has(title) && !TESTS.includes(`"${title}"`))).toEqual([]);
  });
});
