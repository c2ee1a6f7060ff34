import { describe, expect, it } from "vitest";
import type { JsonRecord } from "../../../../lib/formats/value.ts";
import type { Schema } from "../../../../lib/schema/schema.ts";
import { planTable } from "../../../../lib/schema/table-plan.ts";
import { findNamingColumn } from "../../../../lib/site/explorer/find-naming-column.ts";
import { propertiesOf } from "../../../../lib/site/explorer/property.ts";
import { propertyColumns } from "../../../../lib/site/explorer/property-columns.ts";

const text: Schema = { type: "string" };

function planOf(properties: Record<string, Schema>) {
  const items: Schema = { type: "object", properties: { id: { type: "integer" }, ...properties } };
  return planTable("films", { type: "object", properties: { films: { type: "array", primaryKey: ["id"], items } } });
}

const chosen = (properties: Record<string, Schema>, records: JsonRecord[]): string[] =>
  propertyColumns({ plan: planOf(properties), records, labels: new Map() }).map(({ name }) => name);

const films = (more: (i: number) => JsonRecord): JsonRecord[] => Array.from({ length: 40 }, (_, i) => ({ id: i, ...more(i) }));

describe("the columns of a table without statements", () => {
  it("are all of them if a row has room, except those without any value", () => {
    expect(
      chosen(
        { title: text, year: { type: "integer" }, dvd_sales: text },
        films((i) => ({ title: `Film ${i}`, year: 1990 + (i % 9) })),
      ),
    ).toEqual(["title", "id", "year"]);
    expect(chosen({ title: text }, [])).toEqual(["title", "id"]);
  });

  it("are the filled and varied ones if there is no room for all", () => {
    const wide = (i: number, of: string): string => `${of} ${i} of a certain length`;
    const columns = {
      title: text,
      gaps: text,
      prose: text,
      same: text,
      site: { ...text, format: "uri" },
      director: text,
      genre: text,
      rating: text,
    };
    const records = films((i) => ({
      title: wide(i, "A film"),
      ...(i % 4 === 0 ? { gaps: wide(i, "Budget") } : {}),
      prose: "word ".repeat(30) + i,
      same: "the same text in all of them",
      site: `https://films.example/film/${i}`,
      director: wide(i, "Director"),
      genre: wide(i % 5, "Genre"),
      rating: wide(i % 7, "Rating"),
    }));
    expect(chosen(columns, records)).toEqual(["title", "director", "genre", "rating"]);
  });

  it("are those whose values records share, and dates, before other names and codes", () => {
    const code = (i: number, of: string): string => `${of}-${i}-${"X".repeat(12)}`;
    const columns = {
      name: text,
      fifa: text,
      marc: text,
      number: { type: "integer" },
      region: text,
      founded: { ...text, format: "date" },
      capital: text,
      continent: text,
    };
    const records = films((i) => ({
      name: `The country of ${i} with a long name`,
      fifa: code(i, "FIFA"),
      marc: code(i, "MARC"),
      number: 1000 + i * 7,
      region: `Region ${i % 6} of a certain length`,
      founded: `19${10 + i}-01-01`,
      capital: `Capital ${i} of a certain length`,
      continent: `Continent ${i % 3} of a certain length`,
    }));
    expect(chosen(columns, records)).toEqual(["name", "id", "number", "region", "founded", "continent"]);
  });

  it("include the key if nothing names the records", () => {
    const records = films((i) => Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [name, `${i % 4} ${name.repeat(25)}`])));
    expect(chosen({ a: text, b: text, c: text, d: text, e: text }, records)[0]).toBe("id");
  });

  it("are at most twelve", () => {
    const names = Array.from({ length: 20 }, (_, i) => `c${String(i)}`);
    const records = films((i) => Object.fromEntries(names.map((name) => [name, String(i)])));
    const columns = chosen(Object.fromEntries(names.map((name) => [name, text])), records);
    expect(columns.length).toBe(12);
    expect(columns.slice(0, 3)).toEqual(["id", "c0", "c1"]);
  });

  it("do not change with the number of records that are alike", () => {
    const records = films((i) => ({ title: `Film ${i}`, year: 1990 + (i % 9) }));
    const many = Array.from({ length: 250 }, () => records).flat();
    const columns = { title: { ...text, role: "label" }, year: { type: "integer" } };
    expect(chosen(columns, many)).toEqual(chosen(columns, records));
  });
});

describe("the column that names records", () => {
  const named = (properties: Record<string, Schema>, record: (i: number) => JsonRecord): string | undefined =>
    findNamingColumn(propertiesOf(planOf(properties)), films(record))?.[0];

  it.each<[string, Record<string, Schema>, (i: number) => JsonRecord, string | undefined]>([
    [
      "ends in name, title or label",
      { name_fr: text, common_name: text },
      (i) => ({ name_fr: `f${i}`, common_name: `c${i}` }),
      "common_name",
    ],
    ["has such a word in it", { code: text, name_fr: text }, (i) => ({ code: `c${i}`, name_fr: `f${i}` }), "name_fr"],
    [
      "has the shortest name of several that are called so",
      { currency_country_name: text, common_name: text },
      (i) => ({ currency_country_name: `c${i}`, common_name: `n${i}` }),
      "common_name",
    ],
    [
      "is the first whose values are like names, if none is called so",
      { ticker: text, sector: text, company: text },
      (i) => ({ ticker: `T${i}`, sector: `Sector ${i % 5}`, company: `Company ${i}` }),
      "company",
    ],
    ["is none if the only unique values are codes", { ticker: text }, (i) => ({ ticker: `TICK${i}` }), undefined],
    ["is called so by its title", { a: { ...text, title: "Title" } }, (i) => ({ a: `f${i}` }), "a"],
    ["is not one whose values repeat", { name: text }, (i) => ({ name: `f${i % 20}` }), undefined],
    ["is not one with many gaps", { name: text }, (i) => (i % 2 === 0 ? { name: `f${i}` } : {}), undefined],
    ["is not a number", { name: { type: "integer" } }, (i) => ({ name: i }), undefined],
    ["is not one that only begins so", { names: text, surname: text }, (i) => ({ names: `f${i}`, surname: `s${i}` }), undefined],
  ])("%s", (_, properties, record, expected) => {
    expect(named(properties, record)).toBe(expected);
  });
});
