import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvRecords } from "../lib/browser/csv-records.ts";
import { type ChangesStep, composeChanges } from "../lib/release/compose-changes.ts";
import { dayNumber } from "../lib/site/explorer/day-number.ts";
import type { ExplorerModel, Row } from "../lib/site/explorer/explorer-model.ts";
import { findRows } from "../lib/site/explorer/find-rows.ts";
import { humanDate } from "../lib/site/explorer/human-date.ts";
import { parseQuery, type Query, queryText } from "../lib/site/explorer/query.ts";
import { timelineOf } from "../lib/site/explorer/timeline.ts";
import { ROOT } from "./scratch.ts";

const VALUES = ["a", "b", "c"];
const model = (rows: Row[]): ExplorerModel => ({
  table: "t",
  noun: ["row", "rows"],
  columns: [
    { name: "who", title: "Who", kind: "subject" },
    { name: "when", title: "When", kind: "date" },
  ],
  facets: [
    { name: "x", title: "X", kind: "pills", values: VALUES.map((value) => ({ value, label: value, count: 0 })) },
    { name: "y", title: "Y", kind: "select", values: VALUES.map((value) => ({ value, label: value, count: 0 })) },
  ],
  sources: [],
  rows,
  total: rows.length,
  csv: "",
  ndjson: "",
  conflicts: 0,
});

const anyRow = (id: string): fc.Arbitrary<Row> =>
  fc.record(
    {
      id: fc.constant(id),
      cells: fc.tuple(fc.constantFrom("Ulm", "Bonn", ""), fc.constant("")).map((cells) => [...cells]),
      in: fc.tuple(fc.integer({ min: -1, max: 2 }), fc.integer({ min: -1, max: 2 })).map((held) => [...held]),
      days: fc.constantFrom<[string, string]>(["2020-01-01", "2020-12-31"], ["2021-05-06", "2021-05-06"], ["1500-01-01", "1500-01-01"]),
      claims: fc.constant([{ id: "o", text: "z", source: -1 }]),
    },
    { requiredKeys: ["id", "cells", "in"] },
  );
const rows = fc
  .integer({ min: 0, max: 40 })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => anyRow(`r${i}`))))
  .map((all) => [...all] as Row[]);
const queries: fc.Arbitrary<Query> = fc.record({
  text: fc.constantFrom("", "ulm", "bonn", "r1"),
  picked: fc.record({ x: fc.subarray(VALUES), y: fc.subarray(VALUES, { maxLength: 1 }) }),
  conflicts: fc.boolean(),
  page: fc.constant(1),
});

describe("a search", () => {
  it("counts for each choice the rows that it alone would match", () => {
    fc.assert(
      fc.property(rows, queries, (all, query) => {
        const here = model(all);
        const { counts } = findRows(here, query, new WeakMap());
        for (const [f, facet] of here.facets.entries())
          for (const [v, { value }] of facet.values.entries())
            expect(counts[f]?.[v]).toBe(
              findRows(here, { ...query, picked: { ...query.picked, [facet.name]: [value] } }, new WeakMap()).rows.length,
            );
      }),
    );
  });

  it("is complete in the address", () => {
    fc.assert(
      fc.property(queries, (query) => {
        const here = model([]);
        const read = parseQuery(queryText(query, here), here);
        expect(findRows(model([]), read, new WeakMap())).toEqual(findRows(model([]), query, new WeakMap()));
        expect([read.text, read.conflicts]).toEqual([query.text, query.conflicts]);
        for (const name of ["x", "y"]) expect(read.picked[name] ?? []).toEqual(query.picked[name] ?? []);
      }),
    );
  });
});

describe("the timeline", () => {
  it("puts no mark over another one or outside the axis", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const timeline = timelineOf(model(all), all);
        for (const { marks, lines } of timeline?.lanes ?? []) {
          for (const mark of marks) {
            expect(mark.x).toBeGreaterThanOrEqual(0);
            expect(mark.x).toBeLessThanOrEqual(100);
            expect(mark.line).toBeLessThan(lines);
          }
          for (const [i, a] of marks.entries())
            for (const b of marks.slice(i + 1)) if (a.line === b.line) expect(Math.abs(a.x - b.x)).toBeGreaterThanOrEqual(2.9);
        }
      }),
    );
  });

  it("counts days as the calendar does", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("0001-01-01"), max: new Date("9998-12-31"), noInvalidDate: true }), (date) => {
        expect(dayNumber(date.toISOString().slice(0, 10))).toBe(Math.floor(date.getTime() / 86_400_000));
      }),
    );
  });

  it.each([
    ["2020-09-15", "15 Sep 2020"],
    ["2020-09", "Sep 2020"],
    ["2020", "2020"],
    ["1993/2020-12-14", "1993 – 14 Dec 2020"],
  ])("describes %s as %s", (text, words) => {
    expect(humanDate(text)).toBe(words);
  });
});

describe("the differences of several steps, combined,", () => {
  type Rec = { id: string; a?: number; b?: number };
  const keyed = (records: readonly Rec[]): Map<string, Rec> => new Map(records.map((record) => [record.id, record]));
  /** As a release says it, by the definition. */
  const step = (old: readonly Rec[], now: readonly Rec[]): ChangesStep => {
    const [before, after] = [keyed(old), keyed(now)];
    const changed = now.flatMap((record) => {
      const was = before.get(record.id) as Record<string, number | undefined> | undefined;
      if (!was) return [];
      const is = record as unknown as Record<string, number | undefined>;
      const fields = Object.fromEntries(
        ["a", "b"]
          .filter((name) => was[name] !== is[name])
          .map((name) => [
            name,
            { ...(was[name] === undefined ? {} : { old: was[name] }), ...(is[name] === undefined ? {} : { new: is[name] }) },
          ]),
      );
      return Object.keys(fields).length > 0 ? [{ key: record.id, fields }] : [];
    });
    return {
      from: "1",
      to: "2",
      schema: [],
      tables: {
        t: {
          added: now.filter(({ id }) => !before.has(id)) as never,
          changed: changed as never,
          removed: old.filter(({ id }) => !after.has(id)).map((record) => ({ key: record.id, record })) as never,
        },
      },
    };
  };
  const records = fc.uniqueArray(
    fc.record(
      { id: fc.constantFrom("p", "q", "r", "s"), a: fc.integer({ min: 0, max: 2 }), b: fc.integer({ min: 0, max: 2 }) },
      { requiredKeys: ["id"] },
    ),
    { selector: ({ id }) => id },
  ) as fc.Arbitrary<Rec[]>;

  it("cover the values between the first and the last", () => {
    fc.assert(
      fc.property(fc.array(records, { minLength: 2, maxLength: 6 }), (states) => {
        const steps = states.slice(1).map((now, i) => step(states[i] as Rec[], now));
        const keyOf = (_table: string, record: object): string => (record as Rec).id;
        const direct = composeChanges([step(states[0] as Rec[], states.at(-1) as Rec[])], keyOf).records;
        const sort = (list: typeof direct) =>
          list
            .map((change) => ({ ...change, fields: change.fields?.toSorted((x, y) => (x.name < y.name ? -1 : 1)) }))
            .sort((x, y) => (x.key < y.key ? -1 : 1));
        expect(sort(composeChanges(steps, keyOf).records)).toEqual(sort(direct));
      }),
    );
  });
});

it("a CSV is cut into its records, which add up to the whole", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\r", "\n", "é") }).map((text) => `"${text.replaceAll('"', '""')}"`);
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 3 }), { maxLength: 6 }), (table) => {
      const lines = table.map((cells) => `${cells.join(",")}\r\n`);
      expect([...csvRecords(lines.join(""))]).toEqual(lines);
    }),
  );
});

describe("colours", () => {
  const css = readFileSync(join(ROOT, "lib/browser/style.css"), "utf8");
  const [, light = "", dark = ""] = /:root \{(.*?)\n\}.*?prefers-color-scheme: dark\) \{\s*:root \{(.*?)\n {2}\}/s.exec(css) ?? [];
  const colour = (theme: string, name: string): [number, number, number] => {
    const [, hex = ""] = new RegExp(`--${name}: #([0-9a-f]+);`).exec(theme) ?? [];
    const six = hex.length === 3 ? [...hex].map((c) => c + c).join("") : hex;
    return [0, 2, 4].map((i) => Number.parseInt(six.slice(i, i + 2), 16)) as [number, number, number];
  };
  const linear = (c: number): number => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = (rgb: readonly number[]): number =>
    rgb.map(linear).reduce((sum, c, i) => sum + c * ([0.2126, 0.7152, 0.0722][i] as number), 0);
  const contrast = (a: readonly number[], b: readonly number[]): number => {
    const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p) as [number, number];
    return (x + 0.05) / (y + 0.05);
  };
  /** Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB. */
  const SIGHT: Record<string, number[][]> = {
    protan: [
      [0.152286, 1.052583, -0.204868],
      [0.114503, 0.786281, 0.099216],
      [-0.003882, -0.048116, 1.051998],
    ],
    deutan: [
      [0.367322, 0.860646, -0.227968],
      [0.280085, 0.672501, 0.047413],
      [-0.01182, 0.04294, 0.968881],
    ],
    tritan: [
      [1.255528, -0.076749, -0.178779],
      [-0.078411, 0.930809, 0.147602],
      [0.004733, 0.691367, 0.3039],
    ],
  };
  /** CIE 1976 L*a*b*, D65. */
  const lab = (rgb: readonly number[]): number[] => {
    const [r = 0, g = 0, b = 0] = rgb;
    const f = (t: number): number => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
    const [x, y, z] = [
      (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
      0.2126 * r + 0.7152 * g + 0.0722 * b,
      (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    ].map(f) as [number, number, number];
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
  };
  const seen = (rgb: readonly number[], sight: number[][]): number[] => {
    const line = rgb.map(linear);
    return lab(
      sight.map((row) =>
        Math.min(
          1,
          Math.max(
            0,
            row.reduce((sum, k, i) => sum + k * (line[i] as number), 0),
          ),
        ),
      ),
    );
  };
  const STATUSES = ["done", "partial", "announced", "possible"];

  it.each([
    ["light", light],
    ["dark", dark],
  ])("in %s: text and statuses have enough contrast on page and panel", (_name, theme) => {
    for (const ground of ["page", "panel"])
      for (const name of ["ink", "muted", "link", "conflict", "good", "context", ...STATUSES])
        expect(contrast(colour(theme, name), colour(theme, ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  });

  it.each(
    [
      ["light", light],
      ["dark", dark],
    ].flatMap(([name, theme]) => Object.keys(SIGHT).map((sight) => [name, sight, theme] as [string, string, string])),
  )("in %s: statuses are told apart with %s sight", (_name, sight, theme) => {
    const labs = STATUSES.map((name) => seen(colour(theme, name), SIGHT[sight] as number[][]));
    for (const [i, a] of labs.entries())
      for (const [j, b] of labs.entries())
        if (i < j) {
          const distance = Math.hypot(...a.map((c, k) => c - (b[k] as number)));
          expect(distance, `${STATUSES[i]} and ${STATUSES[j]}`).toBeGreaterThanOrEqual(21);
        }
  });
});
