import { describe, expect, it } from "vitest";
import type { JsonRecord, Value } from "../../../../lib/formats/value.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import { detailTexts } from "../../../../lib/site/explorer/detail-texts.ts";
import type { ExplorerModel, Row } from "../../../../lib/site/explorer/explorer-model.ts";
import { findRows } from "../../../../lib/site/explorer/find-rows.ts";
import { detailRangeFacets } from "../../../../lib/site/explorer/make-facets.ts";
import type { Property } from "../../../../lib/site/explorer/property.ts";
import { parseQuery, queryText } from "../../../../lib/site/explorer/query.ts";
import { type Pages, pagesOf } from "../pages-of.ts";

const text = { type: "string" };
const colours = { ...text, enum: ["red", "green", "blue"] };
const listOf = (items: object, more: object = {}): object => ({ type: "array", ...more, items });
const COLUMNS: Record<string, object> = {
  ...Object.fromEntries(["home", "port", "yard"].map((name) => [name, { ...text, references: "places" }])),
  ...Object.fromEntries(["hull", "deck", "mast", "keel", "flag"].map((name) => [name, { ...colours, title: `The ${name}` }])),
  built: { type: "boolean" },
  crew: listOf({ ...text, references: "places" }, { title: "Homes of the crew" }),
  stripes: listOf(colours),
  cargo: listOf(text),
  weights: listOf({ type: "number" }, { title: "Weights" }),
  visits: listOf({ ...text, format: "date" }, { title: "Visits" }),
  story: text,
  length: { type: "number", title: "Length" },
  docked: { ...text, format: "date", title: "Docked" },
};
const pick = (from: readonly string[], i: number): string => from[i % from.length] as string;
const RECORDS = Array.from({ length: 40 }, (_, i): JsonRecord => {
  const [place, other] = [pick(["a", "b", "c", "d"], i), pick(["b", "c", "a"], i)];
  return {
    ...{ id: `ship${i}`, name: `The ${"long ".repeat(5)}name of ship ${i}`, home: place, port: other, yard: pick(["d", "a"], i) },
    ...Object.fromEntries(["hull", "deck", "mast", "keel", "flag"].map((name, n) => [name, pick(["red", "green", "blue"], i + n)])),
    ...(i % 3 === 0 ? {} : { built: i % 2 === 0 }),
    ...(i % 2 === 0 ? { crew: [place, other].filter((each, at, all) => all.indexOf(each) === at) } : {}),
    ...{ stripes: i % 5 === 0 ? [] : ["red", ...(i % 2 === 0 ? ["blue"] : [])], cargo: [pick(["salt", "tea"], i), "ropes"] },
    ...{
      weights: [i * 1_000.5, i],
      visits: [`20${String(10 + (i % 20))}-01-01`, "2031-05-05"],
      story: `${"It sailed and sailed. ".repeat(8)}${i}`,
    },
    ...(i % 4 === 0 ? {} : { length: i / 4, docked: `19${50 + i}-06-07` }),
  };
});
const pages = (columns: Record<string, object> = COLUMNS, ships = RECORDS): Promise<Pages> =>
  pagesOf({
    dataset: { name: "fleet", title: "Fleet", description: "Ships.", licenses: [{ name: "CC0-1.0" }] },
    schema: {
      properties: {
        ships: {
          ...{ type: "array", title: "Ships", primaryKey: ["id"] },
          items: { type: "object", properties: { id: text, name: { ...text, role: "label" }, ...columns } },
        },
        places: {
          ...{ type: "array", title: "Places", primaryKey: ["id"] },
          items: { type: "object", properties: { id: text, label: { ...text, role: "label" } } },
        },
      },
    },
    tables: { ships, places: ["a", "b", "c", "d"].map((id) => ({ id, label: id.toUpperCase() })) },
  });
const found = (model: ExplorerModel, search: string): string[] => {
  const query = parseQuery(search, model);
  expect(queryText(query, model)).toBe(search);
  return findRows(model, query, new WeakMap()).rows.map(({ id }) => id);
};
const valuesOf = (held: Value): Value[] => (Array.isArray(held) ? held : held === undefined ? [] : [held]);
const holding = (name: string, isWanted: (value: Value) => boolean): string[] =>
  RECORDS.filter((record) => valuesOf(record[name]).some(isWanted)).map(({ id }) => String(id));

describe("the filters of a table", () => {
  it("are those of every column that has few values, and ranges of numbers and dates, of lists and of columns that are not shown", async () => {
    const model = (await pages()).page.main?.whole as ExplorerModel;
    expect(model.columns.map(({ name }) => name)).not.toContain("story");
    const names = model.facets.map(({ name }) => name).sort();
    expect(names).toEqual(
      Object.keys(COLUMNS)
        .filter((name) => name !== "story")
        .sort(),
    );
    for (const { name, kind, values } of model.facets.filter((facet) => facet.kind !== "range")) {
      expect(kind).not.toBe("range");
      for (const { value, count } of values) {
        const ids = holding(name, (each) => String(each) === value);
        expect(found(model, `${name}=${value}`), `${name}=${value}`).toEqual(ids);
        expect(count).toBe(ids.length);
      }
    }
  });

  it("compare each number and date of a list, and the values of columns that only the details show", async () => {
    const model = (await pages()).page.main?.whole as ExplorerModel;
    const [weights, visits] = ["weights", "visits"].map((name) => model.facets.find((facet) => facet.name === name));
    expect([weights?.among, visits?.among]).toEqual([
      { kind: "number", min: "0", max: "39,019.5" },
      { kind: "date", min: "1 Jan 2010", max: "5 May 2031" },
    ]);
    expect(found(model, "weights=20000..30000")).toEqual(holding("weights", (each) => Number(each) >= 20_000 && Number(each) <= 30_000));
    expect(found(model, "visits=2011..2012-06")).toEqual(holding("visits", (each) => /^201[12]/.test(String(each))));
    expect(found(model, "docked=1960..1965")).toEqual(holding("docked", (each) => /^196[0-5]/.test(String(each))));
    expect(found(model, "length=3..4")).toEqual(holding("length", (each) => Number(each) >= 3 && Number(each) <= 4));
    expect(detailTexts(model.rows[3] as never, "Weights")).toEqual(["3001.5", "3"]);
  });

  it("have a range of more numbers than a call has arguments", () => {
    const plan = planTable("ships", { properties: { ships: { type: "array", primaryKey: ["id"], items: { properties: { id: text } } } } });
    const weights: Property = ["weights", { type: "number", title: "Weights" }];
    const rows = Array.from({ length: 200_000 }, (_, i): Row => ({ id: `${i}`, cells: [], in: [], more: [["Weights", `${i}`]] }));
    expect(detailRangeFacets(plan, [weights], rows)).toMatchObject([{ among: { min: "0", max: "199999" } }]);
  });

  it("fold all but the first references and listed columns", async () => {
    const { page, html } = await pages();
    const open = page.main?.model.facets.filter(({ isFolded }) => !isFolded).map(({ name }) => name) ?? [];
    expect(open.filter((name) => ["home", "port", "yard", "crew"].includes(name))).toEqual(["home", "port"]);
    expect(open.filter((name) => ["hull", "deck", "mast", "keel", "flag", "built", "stripes"].includes(name))).toEqual([
      ...["hull", "deck", "mast", "keel"],
    ]);
    const folded = page.main?.model.facets.filter(({ isFolded }) => isFolded) ?? [];
    expect(html).toContain(`<button type="button" class="plain" aria-expanded="false">${folded.length} more filters</button>`);
    expect(html).not.toContain("<legend>Weights</legend>");
    expect(html).toContain("<legend>The hull</legend>");
  });

  it("list no value that no record has, and are left out with one value", async () => {
    const ships = ["red", "blue"].map((hull, i) => ({ id: hull, name: hull, hull, deck: "red", built: true, mast: ["green", "red"][i] }));
    const facets = (await pages(COLUMNS, ships)).page.main?.whole.facets.filter(({ role, kind }) => !role && kind === "pills");
    expect(facets?.map(({ column, values }) => [column, values.map(({ label, count }) => `${label} ${count}`)])).toEqual([
      ["hull", ["red 1", "blue 1"]],
      ["mast", ["red 1", "green 1"]],
    ]);
  });

  it("are at most 40", async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`c${i}`, { ...colours, enum: ["x", "y"] }]));
    const ships = ["x", "y"].map((id) => ({ id, name: id, ...Object.fromEntries(Object.keys(many).map((name) => [name, id])) }));
    expect((await pages(many, ships)).page.main?.model.facets.length).toBe(40);
  });
});
