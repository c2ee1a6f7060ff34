import { describe, expect, it } from "vitest";
import { locateProblems } from "../../../lib/json/locate-problems.ts";

describe("locateProblems", () => {
  const text = '{"a": {"b": [1, {"c": 2}]}, "d": 3}';
  const at = (...path: (string | number)[]) =>
    locateProblems(text, [{ path, message: "m" }]).map(({ offset, field, message }) => [text.slice(offset, offset + 3), field, message]);

  it("is the value that a path leads to", () => {
    expect(at()).toEqual([['{"a', "", "m"]]);
    expect(at("d")).toEqual([["3}", "d", "m"]]);
    expect(at("a", "b", 1, "c")).toEqual([["2}]", "a.b[1].c", "m"]]);
    expect(at("a", "b", "0")).toEqual([["1, ", "a.b[0]", "m"]]);
  });

  it("is the last value that exists, and names what is missing there", () => {
    expect(at("a", "x", "y")).toEqual([['{"b', "a", "m"]]);
    expect(at("a", "b", 7)).toEqual([["[1,", "a.b", "m"]]);
    expect(at("d", "x")).toEqual([["3}", "d", "m"]]);
    expect(locateProblems(text, [{ path: ["a"], missing: "z", message: "m" }])).toMatchObject([{ offset: 6, field: "a.z" }]);
  });

  it("is the name of a property if the problem is of the name", () => {
    expect(locateProblems(text, [{ path: ["d"], isName: true, message: "m" }])).toMatchObject([{ offset: 28, field: "d" }]);
    expect(locateProblems(text, [{ path: [], isName: true, message: "m" }])).toMatchObject([{ offset: 0 }]);
    expect(locateProblems(text, [{ path: ["a", "b", 0], isName: true, message: "m" }])).toMatchObject([{ offset: 13 }]);
  });

  it("keeps the wording, and finds nothing without problems or without a value", () => {
    expect(locateProblems(text, [])).toEqual([]);
    expect(locateProblems("", [{ path: [], message: "m" }])).toEqual([]);
    expect(locateProblems(text, [{ path: ["d"], message: "m", remedy: "r" }])).toMatchObject([{ message: "m", remedy: "r" }]);
  });
});
