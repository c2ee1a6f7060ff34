import { describe, expect, it } from "vitest";
import { columnTitle, columnValueText } from "../../../../lib/site/versions/column-value-text.ts";
import { ownValue } from "../../../../lib/site/versions/own-value.ts";

describe("columnValueText", () => {
  it("shows values by their titles and labels", () => {
    const model = {
      tables: { t: { fields: { a: { title: "Field A", tables: ["u"], titles: { x: "Title X" } } } } },
      labels: { u: { k: "Label K" } },
    } as never;
    const shown = (value: unknown, name = "a"): string => columnValueText(model, "t", name, value as never);
    expect([shown("k"), shown("x"), shown("z"), shown(5), shown(true), shown(false)]).toEqual([
      "Label K",
      "Title X",
      "z",
      "5",
      "yes",
      "no",
    ]);
    expect([shown(undefined), shown(null), shown([]), shown(["k", null]), shown({ p: "k", q: [1] })]).toEqual([
      "none",
      "none",
      "empty",
      "Label K; none",
      "Label K, 1",
    ]);
    expect([shown("k", "constructor"), columnValueText(model, "constructor", "a", "k")]).toEqual(["k", "k"]);
    expect([columnTitle(model, "t", "a"), columnTitle(model, "t", "b"), columnTitle(model, "u", "a")]).toEqual(["Field A", "b", "a"]);
    expect([ownValue({ a: 1 }, "a"), ownValue({ a: 1 }, "toString"), ownValue(undefined, "a")]).toEqual([1, undefined, undefined]);
  });
});
