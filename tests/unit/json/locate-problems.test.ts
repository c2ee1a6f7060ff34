import { describe, expect, it } from "vitest";
import { locateProblems } from "../../../lib/json/locate-problems.ts";

describe("locateProblems", () => {
  const text = '{"a": {"b": [1, {"c": 2}]}, "d": 3}';
  const at = (...path: (string | number)[]) =>
    locateProblems(text, [{ path, message: "m" }]).map(({ offset, field, message }) => [text.slice(offset, offset + 3), field, message]);

  it("finds the value at a path", () => {
    expect(at()).toEqual([['{"a', "", "m"]]);
    expect(at("d")).toEqual([["3}", "d", "m"]]);
    expect(at("a", "b", 1, "c")).toEqual([["2}]", "a.b[1].c", "m"]]);
    expect(at("a", "b", "0")).toEqual([["1, ", "a.b[0]", "m"]]);
  });

  it("finds the last value that exists, and names the missing one", () => {
    expect(at("a", "x", "y")).toEqual([['{"b', "a", "m"]]);
    expect(at("a", "b", 7)).toEqual([["[1,", "a.b", "m"]]);
    expect(at("d", "x")).toEqual([["3}", "d", "m"]]);
    expect(locateProblems(text, [{ path: ["a"], missing: "z", message: "m" }])).toMatchObject([{ offset: 6, field: "a.z" }]);
  });

  it("finds the name of a property if the name is wrong", () => {
    expect(locateProblems(text, [{ path: ["d"], isName: true, message: "m" }])).toMatchObject([{ offset: 28, field: "d" }]);
    expect(locateProblems(text, [{ path: [], isName: true, message: "m" }])).toMatchObject([{ offset: 0 }]);
    expect(locateProblems(text, [{ path: ["a", "b", 0], isName: true, message: "m" }])).toMatchObject([{ offset: 13 }]);
  });

  it("keeps the wording, and returns nothing for no problems or no value", () => {
    expect(locateProblems(text, [])).toEqual([]);
    expect(locateProblems("", [{ path: [], message: "m" }])).toEqual([]);
    expect(locateProblems(text, [{ path: ["d"], message: "m", remedy: "r" }])).toMatchObject([{ message: "m", remedy: "r" }]);
  });
});
