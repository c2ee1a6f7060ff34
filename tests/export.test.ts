import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvTextHeaderRow, csvTextLinkRows, csvTextRows } from "../lib/formats/csv/csv-text.ts";
import { joinList, splitList } from "../lib/formats/join-list.ts";
import { createEncoder as jsonEncoder } from "../lib/formats/json/encoder.ts";
import { createEncoder as ndjsonEncoder } from "../lib/formats/ndjson/encoder.ts";
import type { JsonRecord, Value } from "../lib/formats/value.ts";
import type { Schema } from "../lib/schema/schema.ts";
import { planTable } from "../lib/schema/table-plan.ts";

const text: Schema = { type: "string" };
const root: Schema = {
  type: "object",
  properties: {
    things: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id"],
        properties: {
          id: text,
          name: text,
          count: { type: "integer" },
          share: { type: "number" },
          yes: { type: "boolean" },
          range: { type: "object", properties: { min: { type: "number" }, max: { type: "number" } } },
          tags: { type: "array", items: text },
          refs: { type: "array", items: { type: "object", properties: { thing: { type: "string", references: "things" }, why: text } } },
          deep: { type: "array", items: { type: "array", items: text } },
        },
      },
    },
  },
};
const plan = planTable("things", root);

/** Reads a row as the docs tell a program to. */
function read(row: Record<string, { value: string; quoted: boolean }>): JsonRecord {
  const cell = (name: string): string | undefined => {
    const found = row[name];
    return found === undefined || (found.value === "" && !found.quoted) ? undefined : found.value;
  };
  const words = (name: string): string | undefined => cell(name)?.replaceAll(/(^|;)'/g, "$1");
  const record: JsonRecord = {};
  const put = (name: string, value: Value): void => {
    if (value !== undefined) record[name] = value;
  };
  const number = (name: string): number | undefined => (cell(name) === undefined ? undefined : Number(cell(name)));
  put("id", words("id"));
  put("name", words("name"));
  put("count", number("count"));
  put("share", number("share"));
  put("yes", cell("yes") === undefined ? undefined : cell("yes") === "true");
  const [min, max] = [number("range_min"), number("range_max")];
  if (min !== undefined || max !== undefined)
    put("range", { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) });
  const tags = words("tags");
  put("tags", tags === undefined ? undefined : (splitList(tags) as string[]));
  const [things, whys] = [words("refs_thing"), words("refs_why")];
  if (things !== undefined && whys !== undefined) {
    const why = splitList(whys);
    put(
      "refs",
      splitList(things).map((thing, i) => ({
        ...(thing === undefined ? {} : { thing }),
        ...(why[i] === undefined ? {} : { why: why[i] }),
      })),
    );
  }
  const deep = words("deep");
  put("deep", deep === undefined ? undefined : (JSON.parse(deep) as Value));
  return record;
}

const words = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "",
    "=1+1",
    "'=1",
    "''",
    "-2",
    "+297",
    "-1.5e3",
    "-",
    "-1+cmd",
    "a;=1+1",
    ";'x",
    ";-;+2;@y",
    "@x",
    "\t",
    "a;b",
    "\\",
    "\\-",
    "[]",
    "\\[]",
    'say "hi"',
    "l1\nl2",
    "l1\r\nl2",
    "\r",
    ",",
    " x ",
  ),
);
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => (Object.is(n, -0) ? 0 : n));
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const record = fc
  .record({
    id: words,
    name: optional(words),
    count: optional(fc.integer()),
    share: optional(number),
    yes: optional(fc.boolean()),
    range: optional(fc.record({ min: number, max: number }, { requiredKeys: ["min"] })),
    tags: optional(fc.array(words, { maxLength: 4 })),
    refs: optional(fc.array(fc.record({ thing: words, why: words }, { requiredKeys: [] }), { maxLength: 3 })),
    deep: optional(fc.array(fc.array(words, { maxLength: 2 }), { maxLength: 2 })),
  })
  .map((made) => JSON.parse(JSON.stringify(made)) as JsonRecord);

describe("CSV", () => {
  it("has the values of the JSON when read back", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), (records) => {
        const csv = csvTextHeaderRow(plan.layout, plan.columns) + csvTextRows(plan, records, new Map());
        const rows = parse(csv, {
          columns: true,
          record_delimiter: "\r\n",
          cast: (value, { quoting, header }) => (header ? value : ({ value, quoted: quoting } as never)),
        }) as Record<string, { value: string; quoted: boolean }>[];
        expect(rows.map(read)).toEqual(records);
      }),
      { numRuns: 1000 },
    );
  });

  it("never contains a formula that a spreadsheet would run", () => {
    fc.assert(
      fc.property(record, (made) => {
        const [row] = parse(csvTextRows(plan, [made], new Map()), { record_delimiter: "\r\n" }) as string[][];
        const isEscaped = (text: string): boolean =>
          !/^[=+\-@\t\r\n]/.test(text) || /^[=+\-@]$/.test(text) || (/^[+-][\d.]/.test(text) && !/[^\d.,e%+-]/i.test(text));
        for (const part of (row ?? []).flatMap((cell) => cell.split(";"))) expect([part, isEscaped(part)]).toEqual([part, true]);
      }),
    );
  });

  it("does not touch numbers below zero", () => {
    expect(csvTextRows(plan, [{ id: "a", count: -5, share: -0.5 }], new Map())).toContain("a,,-5,-0.5,");
  });

  it("has a separate table for a list that readers may want to join", () => {
    expect(plan.links.map(({ name, columns }) => [name, columns.map((column) => column.name)])).toEqual([
      [
        "things_refs",
        ["things_id", "thing", "thing_label", "why"].filter((name) => plan.labelColumn !== undefined || name !== "thing_label"),
      ],
    ]);
    expect(
      csvTextLinkRows(
        plan.layout,
        plan.links[0] as never,
        [{ id: "a", refs: [{ thing: "b", why: "=x" }, { thing: "c" }] }],
        new Map([["things", new Map([["b", "B"]])]]),
      ),
    ).toEqual({ text: "a,b,B,'=x\r\na,c,,\r\n", rows: 2 });
  });
});

describe("NDJSON", () => {
  it("has the values of the JSON when read back", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), (records) => {
        const input = { records, lines: records.map((each) => JSON.stringify(each)), labels: new Map() };
        const text = (encoder: typeof jsonEncoder): string =>
          Buffer.concat(encoder(plan)(input).flatMap(({ chunks }) => chunks)).toString();
        expect(
          text(ndjsonEncoder)
            .trimEnd()
            .split("\n")
            .map((line) => JSON.parse(line) as unknown),
        ).toEqual(records);
        expect(JSON.parse(`[${text(jsonEncoder)}]`)).toEqual(records);
      }),
    );
  });
});

describe("joinList", () => {
  it("splits into what was joined", () => {
    fc.assert(
      fc.property(fc.array(fc.option(words, { nil: undefined }), { maxLength: 5 }), (items) => {
        expect(splitList(joinList(items))).toEqual(items);
      }),
      { numRuns: 1000 },
    );
  });
});
