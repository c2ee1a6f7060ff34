import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellNumber } from "../../../../lib/site/explorer/cell-number.ts";
import { columnDistribution } from "../../../../lib/site/explorer/column-distribution.ts";
import { dayNumber } from "../../../../lib/site/explorer/day-number.ts";
import { dayOf } from "../../../../lib/site/explorer/day-of.ts";
import type { ExplorerColumn, ExplorerModel, Facet, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { findRows } from "../../../../lib/site/explorer/find-rows.ts";
import { humanDate } from "../../../../lib/site/explorer/human-date.ts";
import { histogramBarRange, makeHistogram } from "../../../../lib/site/explorer/make-histogram.ts";
import { NOTHING, parseQuery, queryText } from "../../../../lib/site/explorer/query.ts";
import { unitOf } from "../../../../lib/site/explorer/unit-of.ts";
import { isInRange, parseValueRange, rangeWords } from "../../../../lib/site/explorer/value-range.ts";

const column = (kind: ExplorerColumn["kind"], name = "size"): ExplorerColumn => ({ name, title: name, kind });
const rowsOf = (texts: readonly string[]): Row[] => texts.map((text, i) => ({ id: `r${i}`, cells: [text], in: [] }));
const histogramOf = (texts: readonly string[], kind: "number" | "date") =>
  makeHistogram(
    texts,
    texts.map((text) => cellNumber(text, kind) as number),
    kind,
  );
/** The rows that a click on a bar leaves, as the page searches them. */
const found = (texts: readonly string[], kind: "number" | "date", range: string): number =>
  findRows(
    {
      rows: rowsOf(texts),
      columns: [column(kind)],
      sources: [],
      facets: [{ name: "size", title: "Size", kind: "range", column: "size", values: [] }],
    } as unknown as ExplorerModel,
    { ...NOTHING, picked: { size: [range] } },
    new WeakMap(),
  ).rows.length;

describe("a histogram", () => {
  const texts = fc.array(
    fc.oneof(
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.double({ min: -50, max: 1e9, noNaN: true }).map((x) => Number(x.toPrecision(5))),
    ),
    { minLength: 2, maxLength: 60 },
  );

  it("has few bars, and each filters to as many rows as it counts", () => {
    fc.assert(
      fc.property(texts, (numbers) => {
        const cells = numbers.map(String);
        const histogram = histogramOf(cells, "number");
        if (!histogram) return Math.max(...numbers) - Math.min(...numbers) < 1e-250;
        const counts = histogram.counts.map((_, bar) => found(cells, "number", histogramBarRange(histogram, bar)));
        expect(counts).toEqual(histogram.counts);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(cells.length);
        expect(counts.length).toBeLessThanOrEqual(16);
        expect([counts[0], counts.at(-1)]).not.toContain(0);
        return true;
      }),
    );
  });

  it("of dates does the same, whether they are days apart or centuries", () => {
    const day = fc.integer({ min: -300_000, max: 30_000 });
    fc.assert(
      fc.property(
        day,
        fc.constantFrom(3, 40, 400, 4_000, 200_000),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 40 }),
        (from, span, parts) => {
          const cells = parts.map((part) => humanDate(dayOf(from + Math.floor(part * span)).text));
          const histogram = histogramOf(cells, "date");
          if (!histogram) return new Set(cells).size === 1;
          expect(histogram.counts.map((_, bar) => found(cells, "date", histogramBarRange(histogram, bar)))).toEqual(histogram.counts);
          expect(histogram.counts.length).toBeLessThanOrEqual(16);
          return true;
        },
      ),
    );
  });

  it("begins at round numbers, and names the lowest and the highest value", () => {
    expect(histogramOf(["3", "146,083", "20,000", "99,999"], "number")).toEqual({
      min: "3",
      max: "146,083",
      start: 0,
      step: 10_000,
      counts: [1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    });
    expect(histogramOf(["0.1", "0.3", "0.2"], "number")).toMatchObject({
      start: 0.1,
      step: 0.02,
      counts: [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1],
    });
    expect(histogramOf(["1 Jan 1948", "2026"], "date")).toMatchObject({
      unit: "year",
      start: 1940,
      step: 10,
      min: "1 Jan 1948",
      max: "2026",
    });
    expect(histogramOf(["Jan 2020", "Jun 2020 – 2021"], "date")).toMatchObject({
      unit: "month",
      step: 1,
      counts: [1, 0, 0, 0, 0, 1],
      max: "Jun 2020",
    });
    expect(histogramOf(["1 Jan 2020", "3 Jan 2020"], "date")).toMatchObject({ unit: "day", step: 1, counts: [1, 0, 1] });
  });

  it("is not drawn of one value", () => {
    expect(histogramOf(["5", "5"], "number")).toBeUndefined();
  });
});

describe("the distribution of a column", () => {
  const facets = [
    {
      name: "kind_",
      column: "kind",
      kind: "select",
      values: [
        ["a", 2],
        ["b", 7],
        ["c", 0],
        ["d", 2],
        ["e", 1],
      ].map(([value, count]) => ({ value, label: `The ${value}`, count })),
    },
  ] as unknown as Facet[];
  const texts = ["The a", "The a", ...Array<string>(7).fill("The b"), "The d", "The d", "The e"];

  it("names its most frequent values and counts what is missing", () => {
    expect(columnDistribution([column("text", "kind")], 0, rowsOf([...texts, "", ""]), facets)).toEqual({
      missing: 2,
      distinct: 4,
      facet: "kind_",
      values: [
        { value: "b", label: "The b", count: 7 },
        { value: "a", label: "The a", count: 2 },
        { value: "d", label: "The d", count: 2 },
      ],
    });
  });

  it("is the number of different values if nothing filters by them, or they are many", () => {
    expect(columnDistribution([column("text")], 0, rowsOf(texts), facets)).toEqual({ missing: 0, distinct: 4 });
    const many = Array.from({ length: 21 }, (_, i) => `v${i}`);
    expect(columnDistribution([column("text", "kind")], 0, rowsOf(many), facets)).toEqual({ missing: 0, distinct: 21 });
    expect(columnDistribution([column("number")], 0, rowsOf([...many, "5"]), [])).toEqual({ missing: 0, distinct: 22 });
    expect(columnDistribution([column("number")], 0, rowsOf(Array<string>(12).fill("")), [])).toEqual({ missing: 12, distinct: 0 });
  });

  it("is omitted for a few rows", () => {
    expect(columnDistribution([column("text")], 0, rowsOf(texts.slice(0, 11)), [])).toBeUndefined();
  });
});

describe("a range", () => {
  it.each([
    ["number", "1,000..2000", { from: 1000, to: 2000 }],
    ["number", "−5..<2.5", { from: -5, below: 2.5 }],
    ["number", "..7", { to: 7 }],
    ["number", ".5..", { from: 0.5 }],
    ["date", "2020..2020", { from: dayNumber("2020-01-01"), below: dayNumber("2021-01-01") }],
    ["date", "2020-12..", { from: dayNumber("2020-12-01") }],
    ["date", "..Dec 2020", { below: dayNumber("2021-01-01") }],
    ["date", "15 September 2020..2020-09-16", { from: dayNumber("2020-09-15"), below: dayNumber("2020-09-17") }],
  ] as const)("of a %s is read from %s", (kind, text, expected) => {
    expect(parseValueRange(text, kind)).toEqual(expected);
  });

  it.each([
    ["number", ".."],
    ["number", "5"],
    ["number", "a..5"],
    ["number", "5..b"],
    ["date", "2020-13.."],
    ["date", "2020-02-30.."],
    ["date", "31 Feb 2020.."],
    ["date", "soon.."],
  ] as const)("of a %s is not read from %s", (kind, text) => {
    expect(parseValueRange(text, kind)).toBeUndefined();
  });

  it("holds numbers from its first to its last", () => {
    const held = (text: string): number[] => [0, 1, 1.5, 2, 3].filter((n) => isInRange(parseValueRange(text, "number") ?? {}, n));
    expect([held("1..2"), held("1..<2"), held("2.."), held("..1")]).toEqual([
      [1, 1.5, 2],
      [1, 1.5],
      [2, 3],
      [0, 1],
    ]);
    expect(isInRange({ from: 1 }, undefined)).toBe(false);
  });

  it("is described in words", () => {
    expect(["1..2", "1..<2", "1..", "..2", "..<2", "2020..2020"].map(rangeWords)).toEqual([
      "1 to 2",
      "1 below 2",
      "from 1",
      "up to 2",
      "below 2",
      "2020",
    ]);
  });

  it("is part of the address, if it can be read", () => {
    const model = {
      columns: [column("number")],
      facets: [{ name: "size", kind: "range", column: "size", values: [] }],
    } as unknown as ExplorerModel;
    expect(parseQuery("size=1..2&size=3..4", model).picked).toEqual({ size: ["1..2"] });
    expect(queryText({ ...NOTHING, picked: { size: ["1..<2"] } }, model)).toBe("size=1..%3C2");
    expect(parseQuery("size=big", model).picked).toEqual({});
  });
});

describe("dayOf", () => {
  it("returns the day of a number", () => {
    for (const text of ["0001-01-01", "1600-02-29", "1900-02-28", "1970-01-01", "2000-12-31", "2024-02-29", "9999-12-31"])
      expect(dayOf(dayNumber(text))).toEqual({ text, year: Number(text.slice(0, 4)), month: Number(text.slice(5, 7)) });
  });
});

describe("the unit of a title", () => {
  it("is the text in parentheses at its end", () => {
    expect(["Height (m)", "Level (cm above zero)", "Height", "(2020)", "Rate (per 100,000)", "a (b) c"].map(unitOf)).toEqual([
      "m",
      undefined,
      undefined,
      undefined,
      "per 100,000",
      undefined,
    ]);
  });
});
