import { describe, expect, it } from "vitest";
import { schemaProblem } from "../../../lib/dataset/schema-problem.ts";

describe("schemaProblem", () => {
  it("has a path, a message and an optional remedy", () => {
    expect(schemaProblem(["a", 0], "m")).toStrictEqual({ path: ["a", 0], message: "m" });
    expect(schemaProblem([], "m", "r")).toStrictEqual({ path: [], message: "m", remedy: "r" });
  });
});
