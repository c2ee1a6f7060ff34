import { describe, expect, it } from "vitest";
import { answerShape } from "../../../lib/dataset/answer-shape.ts";
import { answerValue, isYesAnswer } from "../../../lib/dataset/answer-value.ts";
import { draftProblems, missingInDraft, withDraftValue } from "../../../lib/dataset/draft.ts";
import { proposeKey } from "../../../lib/dataset/propose-key.ts";
import { slug } from "../../../lib/dataset/slug.ts";
import { compileRecord } from "../../../lib/schema/compile-record.ts";

describe("withDraftValue", () => {
  it("sets a value at a path in a copy, and creates missing lists and objects", () => {
    const record = { id: "a", deep: { x: 1 } };
    expect(withDraftValue(record, ["deep", "y"], 2)).toEqual({ id: "a", deep: { x: 1, y: 2 } });
    expect(record).toEqual({ id: "a", deep: { x: 1 } });
    expect(withDraftValue({}, ["list", 0, "x"], 1)).toEqual({ list: [{ x: 1 }] });
    expect(withDraftValue({ list: ["a"] }, ["list", 1], "b")).toEqual({ list: ["a", "b"] });
    expect(withDraftValue(undefined, ["x"], 1)).toEqual({ x: 1 });
    expect(withDraftValue({ x: 1 }, [], 2)).toBe(2);
  });

  it("removes a name without a value", () => {
    expect(withDraftValue({ id: "a", x: 1 }, ["x"], undefined)).toEqual({ id: "a" });
  });
});

describe("an incomplete record", () => {
  const validate = compileRecord({
    type: "object",
    required: ["id", "a/b"],
    properties: {
      id: { type: "string", pattern: "^[a-z]+$" },
      "a/b": { type: "object", required: ["x"], properties: { x: { type: "integer" } } },
    },
  });

  it("has problems at a path only if the error is at or below it", () => {
    expect(draftProblems(validate, { id: "A", "a/b": { x: 1 } }, ["id"])).toHaveLength(1);
    expect(draftProblems(validate, { id: "A", "a/b": { x: 1 } }, ["a/b"])).toEqual([]);
    expect(draftProblems(validate, { id: "a", "a/b": { x: "1" } }, ["a/b"])).toHaveLength(1);
    expect(draftProblems(validate, { id: "a", "a/b": { x: 1 } }, [])).toEqual([]);
  });

  it("lists missing names of an inner object", () => {
    expect(missingInDraft(validate, {}, [])).toEqual(new Set(["id", "a/b"]));
    expect(missingInDraft(validate, { id: "a", "a/b": {} }, [])).toEqual(new Set());
    expect(missingInDraft(validate, { id: "a", "a/b": {} }, ["a/b"])).toEqual(new Set(["x"]));
    expect(missingInDraft(validate, { id: "a", "a/b": { x: 1 } }, [])).toEqual(new Set());
  });
});

describe("answerValue", () => {
  it.each([
    [{ type: "boolean" }, "Yes", true],
    [{ type: "boolean" }, "n", false],
    [{ type: "boolean" }, "yess", "yess"],
    [{ type: "boolean" }, "xtrue", "xtrue"],
    [{ type: "integer" }, "-12", -12],
    [{ type: "number" }, "1.5", 1.5],
    [{ type: "number" }, "1.", "1."],
    [{ type: "number" }, "x1", "x1"],
    [{ type: "integer" }, "1234567890123456", 1234567890123456],
    [{ type: "integer" }, "12345678901234567", "12345678901234567"],
    [{ type: "string" }, "12", "12"],
    [{ enum: [1, "b"] }, "1", 1],
    [{ enum: [1, "b"] }, "b", "b"],
    [{ const: 7 }, "7", 7],
    [{}, '{"a":1}', { a: 1 }],
    [{}, "{", "{"],
  ])("of %j reads %j as %j", (schema, text, value) => {
    expect(answerValue(schema as never, text)).toEqual(value);
  });

  it("accepts several spellings of yes", () => {
    expect(["y", "YES", "true", "no", "yess", ""].map(isYesAnswer)).toEqual([true, true, true, false, false, false]);
  });
});

it("shapeOf decides how to prompt for a property", () => {
  const root = { $defs: { one: { type: "object", properties: { x: { type: "string" } } } } } as never;
  const object = { type: "object", properties: { x: { type: "string" } } };
  expect(answerShape({ type: "string" }, root)).toEqual({ kind: "one" });
  expect(answerShape({ type: "object" }, root)).toEqual({ kind: "one" });
  expect(answerShape({ type: "array" }, root)).toEqual({ kind: "one" });
  expect(answerShape(object as never, root)).toEqual({ kind: "object", schema: object });
  expect(answerShape({ type: "array", items: { type: "string" } }, root)).toEqual({ kind: "list", item: { type: "string" } });
  expect(answerShape({ type: "array", items: { $ref: "#/$defs/one" } }, root).kind).toBe("objects");
});

describe("ids", () => {
  it.each([
    ["Abraham Accords", "abraham-accords"],
    ["  São-Tomé & Príncipe! ", "sao-tome-principe"],
    ["camelCase", "camel-case"],
    ["ABC", "abc"],
    ["---", ""],
  ])("slug of %j is %j", (text, expected) => {
    expect(slug(text)).toBe(expected);
  });

  const key = (parts: (string | undefined)[][], last?: string, taken: string[] = []): string | undefined =>
    proposeKey(parts, last, (key) => !taken.includes(key));

  it("are made from the record's values, with the prefix of the last id, and numbered if taken", () => {
    expect(key([["Wikidata", "wd:Q 5"]])).toBe("wikidata-q-5");
    expect(key([["Rhine"]], "river:elbe")).toBe("river:rhine");
    expect(key([["Rhine"]], "river:elbe", ["river:rhine"])).toBe("river:rhine-2");
    expect(key([[undefined, "x"], ["y"]])).toBe("y");
    expect(key([[]], "a7")).toBe("a8");
    expect(key([], "f009", ["f010"])).toBe("f011");
    expect(key([], "elbe")).toBeUndefined();
    expect(key([])).toBeUndefined();
  });

  it("are spelt as the schema requires", () => {
    expect(proposeKey([["Two Words"]], undefined, (key) => /^[a-zA-Z]+$/.test(key))).toBe("twoWords");
    expect(proposeKey([["Rhine"]], "river:elbe", (key) => !key.includes(":"))).toBe("rhine");
    expect(proposeKey([["a"]], "b1", () => false)).toBeUndefined();
  });
});
