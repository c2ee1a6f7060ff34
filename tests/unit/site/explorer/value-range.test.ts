import { describe, expect, it } from "vitest";
import { dayNumber } from "../../../../lib/site/explorer/day-number.ts";
import type { ExplorerModel, Facet } from "../../../../lib/site/explorer/explorer-model.ts";
import { histogramBarRange, makeHistogram } from "../../../../lib/site/explorer/make-histogram.ts";
import { isFilteringQuery, NOTHING, parseQuery, type Query, queryPicks, queryText } from "../../../../lib/site/explorer/query.ts";
import { isInRange, parseValueRange, rangeEnds, rangeKind, rangeWords } from "../../../../lib/site/explorer/value-range.ts";

describe("parseValueRange", () => {
  it.each([
    ["1000..2000", { from: 1000, to: 2000 }],
    ["..2000", { to: 2000 }],
    [" ..2000", { to: 2000 }],
    ["1000..", { from: 1000 }],
    ["1000..<2000", { from: 1000, below: 2000 }],
    ["..<2000", { below: 2000 }],
    [" 1,000 .. 2,000 ", { from: 1000, to: 2000 }],
    ["−5...5", { from: -5, to: 0.5 }],
    ["-1.5..1e3", { from: -1.5, to: 1000 }],
    ["1E-2..", { from: 0.01 }],
    ["0..0", { from: 0, to: 0 }],
  ])("reads the numbers %j", (text, range) => {
    expect(parseValueRange(text, "number")).toEqual(range);
  });

  it.each(["", "..", "1000", "a..b", "1..b", "a..2", "1.2.3..", "1e..", "x1..", "1x..", ".. ", "--1.."])(
    "reads no numbers in %j",
    (text) => {
      expect(parseValueRange(text, "number")).toBeUndefined();
    },
  );

  const day = dayNumber;
  it.each([
    ["2019..2020-09", { from: day("2019-1-1"), below: day("2020-10-1") }],
    ["2020..2020", { from: day("2020-1-1"), below: day("2021-1-1") }],
    ["2020-12..2020-12", { from: day("2020-12-1"), below: day("2021-1-1") }],
    ["2020-09-15..", { from: day("2020-9-15") }],
    ["..2020-09-15", { below: day("2020-9-16") }],
    ["..<2020", { below: day("2021-1-1") }],
    ["Sep 2020..", { from: day("2020-9-1") }],
    ["..September 2020", { below: day("2020-10-1") }],
    ["sept. 2020..", { from: day("2020-9-1") }],
    ["15 Sep 2020..", { from: day("2020-9-15") }],
    ["..31 dec 2020", { below: day("2021-1-1") }],
    ["1 Jan 2020..", { from: day("2020-1-1") }],
  ])("reads the dates %j", (text, range) => {
    expect(parseValueRange(text, "date")).toEqual(range);
  });

  it.each([
    "2020-13..",
    "2020-00..",
    "2020-02-30..",
    "2020-09-00..",
    "31 Sep 2020..",
    "Foo 2020..",
    "20..",
    "2020-9..",
    "soon..",
    "..x",
    "15 2020..",
    "Sep 20..",
  ])("reads no dates in %j", (text) => {
    expect(parseValueRange(text, "date")).toBeUndefined();
  });
});

describe("isInRange", () => {
  it("includes the ends, but not what it is below", () => {
    const within = (range: Parameters<typeof isInRange>[0]): number[] => [0, 1, 2, 3].filter((value) => isInRange(range, value));
    expect(within({ from: 1, to: 2 })).toEqual([1, 2]);
    expect(within({ from: 1, below: 2 })).toEqual([1]);
    expect(within({ from: 2 })).toEqual([2, 3]);
    expect(within({ to: 1 })).toEqual([0, 1]);
    expect(within({})).toEqual([0, 1, 2, 3]);
    expect(isInRange({}, undefined)).toBe(false);
  });
});

describe("a range as text", () => {
  it.each<[string | undefined, [string, string], string]>([
    ["1..2", ["1", "2"], "1 to 2"],
    ["1..", ["1", ""], "from 1"],
    ["..2", ["", "2"], "up to 2"],
    ["1..<2", ["1", "<2"], "1 below 2"],
    ["..<2", ["", "<2"], "below 2"],
    ["2020..2020", ["2020", "2020"], "2020"],
  ])("of %s", (text, ends, words) => {
    expect(rangeEnds(text)).toEqual(ends);
    expect(rangeWords(text as string)).toBe(words);
  });

  it("has no ends if there is none", () => {
    expect([rangeEnds(undefined), rangeEnds("x")]).toEqual([
      ["", ""],
      ["", ""],
    ]);
  });
});

const column = (name: string, kind: ExplorerModel["columns"][number]["kind"] = "text") => ({ name, title: name, kind });
const facet = (name: string, more: Partial<Facet> = {}): Facet => ({ name, title: name, kind: "select", values: [], ...more });

describe("rangeKind", () => {
  it("is that of the column, or of details that are not shown", () => {
    const model = { columns: [column("day", "date"), column("size", "number")] };
    expect(rangeKind(model, { column: "day" })).toBe("date");
    expect(rangeKind(model, { column: "size" })).toBe("number");
    expect(rangeKind(model, { column: "other" })).toBe("number");
    expect(rangeKind(model, { column: "size", among: { kind: "date", min: "", max: "" } })).toBe("date");
  });
});

describe("a query in an address", () => {
  const value = (name: string) => ({ value: name, label: name, count: 1 });
  const model = {
    columns: [column("name"), column("day", "date")],
    facets: [facet("kind", { values: [value("a"), value("b")] }), facet("day", { kind: "range", column: "day" }), facet("constructor")],
  };
  const query = (more: Partial<Query>): Query => ({ ...NOTHING, ...more });

  it.each<[string, Query]>([
    ["", NOTHING],
    ["q=sea+level", query({ text: "sea level" })],
    ["kind=a&kind=b", query({ picked: { kind: ["a", "b"] } })],
    ["day=2020..2021", query({ picked: { day: ["2020..2021"] } })],
    ["conflicts=1", query({ conflicts: true })],
    ["sort=day", query({ sort: 1, descending: false })],
    ["sort=-name", query({ sort: 0, descending: true })],
    ["page=3", query({ page: 3 })],
    [
      "q=x&kind=a&conflicts=1&sort=-day&page=2",
      query({ text: "x", picked: { kind: ["a"] }, conflicts: true, sort: 1, descending: true, page: 2 }),
    ],
  ])("%j is read, and written again", (text, expected) => {
    expect(parseQuery(text, model)).toEqual(expected);
    expect(queryText(expected, model)).toBe(text);
  });

  it.each(["kind=c", "day=soon", "conflicts=0", "sort=other", "sort=", "page=0", "page=-1", "page=1.5", "page=x", "constructor=x"])(
    "ignores %s, which means nothing here",
    (text) => {
      expect(parseQuery(text, model)).toEqual(NOTHING);
    },
  );

  it("has the first of several ranges", () => {
    expect(parseQuery("day=2020..&day=..2021", model).picked).toEqual({ day: ["2020.."] });
  });

  it("leaves out what selects all rows", () => {
    expect(queryText(query({ text: "  " }), model)).toBe("");
    expect(queryText(query({ picked: { other: ["a"] } }), model)).toBe("");
  });

  it("filters if it has a text, a choice or a conflict", () => {
    expect([{ text: "x" }, { conflicts: true }, { picked: { kind: ["a"] } }].map((more) => isFilteringQuery(query(more)))).toEqual([
      true,
      true,
      true,
    ]);
    expect([{}, { text: " " }, { picked: { kind: [] } }, { sort: 1 }, { page: 2 }].some((more) => isFilteringQuery(query(more)))).toBe(
      false,
    );
    expect(queryPicks(NOTHING, "constructor")).toEqual([]);
    expect(queryPicks(query({ picked: { kind: ["a"] } }), "kind")).toEqual(["a"]);
  });
});

describe("makeHistogram", () => {
  const numbers = (...values: number[]) => makeHistogram(values.map(String), values, "number");
  const dates = (...texts: string[]) =>
    makeHistogram(
      texts,
      texts.map((text) => dayNumber(text.replaceAll(/-0/g, "-"))),
      "date",
    );

  it("has bars of the smallest round width with which there are at most 16", () => {
    expect(numbers(0, 1, 2, 2, 15)).toEqual({
      min: "0",
      max: "15",
      start: 0,
      step: 1,
      counts: [1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1],
    });
    expect(numbers(0, 16)).toMatchObject({ step: 2, start: 0 });
    expect(numbers(0, 31)).toMatchObject({ step: 2 });
    expect(numbers(0, 32)).toMatchObject({ step: 5 });
    expect(numbers(3, 99)).toMatchObject({ start: 0, step: 10 });
    expect(numbers(-7, 8)).toMatchObject({ start: -7, step: 1 });
    expect(numbers(-1.5, 1.5)).toMatchObject({ start: -1.6, step: 0.2 });
    expect(numbers(0.1, 0.2)).toMatchObject({ start: 0.1, step: 0.01 });
  });

  it("counts each value in the bar that begins at or below it", () => {
    const histogram = numbers(0, 0.1, 0.2, 0.3, 0.7, 1.5);
    expect(histogram).toMatchObject({ start: 0, step: 0.1 });
    expect(histogram?.counts).toEqual([1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1]);
    expect(numbers(5, 1, 3)?.counts.reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  it("names the texts of the lowest and the highest value", () => {
    expect(makeHistogram(["2 m", "10 m – 12 m", "1 m – 9 m"], [2, 10, 1], "number")).toMatchObject({ min: "1 m", max: "10 m" });
  });

  it("is missing if all values are equal, or if one is not finite", () => {
    expect(numbers(1, 1)).toBeUndefined();
    expect(numbers(1, Number.NaN)).toBeUndefined();
    expect(numbers(1, Number.POSITIVE_INFINITY)).toBeUndefined();
    expect(numbers(0, 1e-251)).toBeUndefined();
    expect(numbers(0, 1e251)).toBeUndefined();
    expect(numbers(0, 1e249)).toBeDefined();
  });

  it("has bars of days, months or years for dates", () => {
    expect(dates("2020-01-01", "2020-01-16")).toMatchObject({ unit: "day", step: 1, start: dayNumber("2020-1-1") });
    expect(dates("2020-01-01", "2020-01-17")).toMatchObject({ unit: "day", step: 2 });
    expect(dates("2020-01-01", "2020-02-29")).toMatchObject({ unit: "day", step: 4 });
    expect(dates("2020-01-31", "2020-03-01")).toMatchObject({ unit: "month", step: 1, start: 2020 * 12 });
    expect(dates("2020-02-01", "2021-05-01")).toMatchObject({ unit: "month", step: 1 });
    expect(dates("2020-02-01", "2021-06-01")).toMatchObject({ unit: "month", step: 3, start: 2020 * 12 });
    expect(dates("2020-01-01", "2023-12-31")).toMatchObject({ unit: "month", step: 3 });
    expect(dates("2020-12-31", "2024-01-01")).toMatchObject({ unit: "year", step: 1, start: 2020, counts: [1, 0, 0, 0, 1] });
    expect(dates("1900-01-01", "2020-01-01")).toMatchObject({ unit: "year", step: 10, start: 1900 });
  });

  it("has a range for each bar, as an address has it", () => {
    const bar = { min: "", max: "", counts: [] };
    expect(histogramBarRange({ ...bar, start: 0.1, step: 0.1 }, 2)).toBe("0.3..<0.4");
    expect(histogramBarRange({ ...bar, start: 2000, step: 10, unit: "year" }, 1)).toBe("2010..2019");
    expect(histogramBarRange({ ...bar, start: 950, step: 10, unit: "year" }, 0)).toBe("0950..0959");
    expect(histogramBarRange({ ...bar, start: 2020 * 12, step: 3, unit: "month" }, 3)).toBe("2020-10..2020-12");
    expect(histogramBarRange({ ...bar, start: dayNumber("2020-2-28"), step: 2, unit: "day" }, 0)).toBe("2020-02-28..2020-02-29");
  });
});
