import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { ifExists } from "../lib/adapters/folder/if-exists.ts";
import { checkDataset } from "../lib/check/check-dataset.ts";
import type { ReleaseFolder } from "../lib/ports/ports.ts";
import { emptyCatalogue } from "../lib/release/catalogue.ts";
import { loadRelease } from "../lib/render/load-release.ts";
import { claimCount } from "../lib/site/explorer/claim-count.ts";
import type { Row } from "../lib/site/explorer/explorer-model.ts";
import { standingRows } from "../lib/site/explorer/standing-rows.ts";
import { RUNTIME } from "./runtime.ts";
import { factpress, ROOT, repository, SMALL_SCHEMA, scratch, smallDataset, write } from "./scratch.ts";

type Json = Record<string, unknown>;

const HIGHEST = {
  title: "Highest levels",
  description: "The highest level of each river.",
  type: "array",
  primaryKey: ["river"],
  items: {
    type: "object",
    required: ["river", "metres"],
    properties: {
      river: { type: "string", title: "River", references: "rivers" },
      metres: { type: "number", title: "Metres" },
      low: { type: "boolean", title: "Low" },
      gauges: { type: "array", title: "Gauges", items: { type: "integer" } },
    },
  },
};
const SELECT = `-- The highest level of each river.
SELECT river, max(metres) AS metres, max(state) = 'low' AS low, json_group_array(gauge ORDER BY gauge) AS gauges
FROM levels
GROUP BY river
ORDER BY river
`;
const view = (sql = SELECT, schema: unknown = HIGHEST): Record<string, unknown> => ({
  "views/highest.sql": sql,
  "views/highest.json": schema,
});
const columns = (properties: object): object => ({
  ...HIGHEST,
  items: { ...HIGHEST.items, properties: { ...HIGHEST.items.properties, ...properties } },
});

async function problemsOf(files: Record<string, unknown>): Promise<string[]> {
  const folder = join(await scratch(), "small");
  await write(folder, { ...smallDataset("1.0.0"), ...files });
  const { problems, problemCount } = await checkDataset(folderSource(folder), RUNTIME);
  expect(problemCount).toBe(problems.length);
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

async function built(
  files: Record<string, unknown>,
  says = "2 rivers, 2 levels, 2 records of highest",
): Promise<(name: string) => Promise<string>> {
  const folder = await scratch();
  await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), ...files });
  const { code, out } = await factpress(folder, "build", "--out", "out");
  expect([code, out]).toEqual([0, expect.stringContaining(says)]);
  return (name) => readFile(join(folder, "out/small", name), "utf8");
}

describe("a view", () => {
  it("is published as a table in every format, described like one, with its SQL", async () => {
    const file = await built(view());
    expect(await file("highest.csv")).toBe("river,river_label,metres,low,gauges\r\nelbe,Elbe,3,,1\r\nrhine,Rhine,2.5,true,1\r\n");
    expect(await file("highest.ndjson")).toBe(
      '{"river":"elbe","metres":3,"gauges":[1]}\n{"river":"rhine","metres":2.5,"low":true,"gauges":[1]}\n',
    );
    expect((await file("highest.parquet")).slice(0, 4)).toBe("PAR1");
    expect(JSON.parse(await file("small.json"))).toMatchObject({ highest: [{ river: "elbe" }, { river: "rhine" }] });
    const { resources } = JSON.parse(await file("datapackage.json")) as { resources: { path: string }[] };
    expect(resources.find(({ path }) => path === "highest.csv")).toMatchObject({
      ...{ title: "Highest levels", description: "The highest level of each river.", view: { language: "SQLite", sql: SELECT } },
      schema: { primaryKey: ["river"], foreignKeys: [{ fields: ["river"], reference: { resource: "rivers", fields: ["id"] } }] },
    });
    expect(resources.find(({ path }) => path === "levels.csv")).not.toHaveProperty("view");
    expect(JSON.parse(await file("schema.json"))).toMatchObject({ properties: { highest: { ...HIGHEST, "x-view": SELECT } } });
    expect(await file("README.md")).toContain("A view: its rows are made of other tables");
    expect(await file("../small.html")).toContain("Highest levels");
  });

  it("needs no records of the tables that it names", async () => {
    expect(await problemsOf({ ...view(), "levels.json": [] })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    [
      "a syntax error, at its place",
      view("SELECT river\nFRM levels ORDER BY river"),
      ['views/highest.sql:2 SQLite rejects this: near "levels": syntax error'],
    ],
    [
      "a column that no table has, at its place",
      view(SELECT.replace("max(metres)", "max(meters)")),
      ["views/highest.sql:2 SQLite rejects this: no such column: meters"],
    ],
    ["no ORDER BY", view("SELECT river FROM levels"), ["views/highest.sql:0 The SELECT has no ORDER BY"]],
    [
      "an ORDER BY of something else only",
      view("SELECT river FROM (SELECT river FROM levels ORDER BY river) -- ORDER BY river"),
      ["views/highest.sql:0 The SELECT has no ORDER BY"],
    ],
    [
      "an order that rows share",
      view(SELECT.replace("ORDER BY river\n", "ORDER BY count(*)\n")),
      ["views/highest.sql:0 The ORDER BY does not name river, so the order of some rows is undefined"],
    ],
    [
      "writing",
      view("WITH a AS (SELECT 1) INSERT INTO rivers SELECT 'x' AS river, 'y' ORDER BY river"),
      ["views/highest.sql:0 It must not write"],
    ],
    [
      "random numbers",
      view(SELECT.replace("max(metres)", "random()")),
      [expect.stringMatching(/^views\/highest.sql:0 It uses random numbers/) as never],
    ],
    [
      "the clock",
      view(SELECT.replace("max(metres)", "date('now')")),
      [expect.stringMatching(/^views\/highest.sql:0 It uses the clock/) as never],
    ],
    ["a second statement", view(`${SELECT}; SELECT 1`), ["views/highest.sql:6 There is more than one statement"]],
    ["no SELECT", view("UPDATE levels SET metres = 1"), ["views/highest.sql:1 Not a SELECT"]],
    [
      "no primary key",
      view(SELECT, { ...HIGHEST, primaryKey: undefined }),
      ['views/highest.json:1 The table "highest" has no primary key'],
    ],
    [
      "a key that is not required",
      view(SELECT, { ...HIGHEST, items: { ...HIGHEST.items, required: ["metres"] } }),
      ['views/highest.json:6 The primary key of "highest" names "river", which is not required'],
    ],
    [
      "a column without a description",
      view(SELECT.replace(" AS low", " AS lower")),
      [
        'views/highest.sql:0 It returns the column "lower", which views/highest.json does not describe',
        'views/highest.sql:0 It does not return the column "low" of views/highest.json',
      ],
    ],
    [
      "a column that is not returned",
      view(SELECT, columns({ note: { type: "string" } })),
      ['views/highest.sql:0 It does not return the column "note" of views/highest.json'],
    ],
    [
      "a column twice",
      view(SELECT.replace(" AS low", " AS river")),
      [
        'views/highest.sql:0 It returns two columns with the name "river"',
        'views/highest.sql:0 It does not return the column "low" of views/highest.json',
      ],
    ],
    [
      "a wrong type",
      view(SELECT, columns({ metres: { type: "integer" } })),
      ['views/highest.sql:0 Row 2 (river "rhine"), column "metres": Expected a whole number, found 2.5'],
    ],
    [
      "a wrong type in each row, once",
      view(SELECT, columns({ metres: { type: "string" } })),
      [
        'views/highest.sql:0 Row 1 (river "elbe"), column "metres": Expected a text in quotes, found the number 3 (and 1 more of this column)',
      ],
    ],
    [
      "two rows with one key",
      view("SELECT 'elbe' AS river, metres, NULL AS low, NULL AS gauges FROM levels ORDER BY river, metres"),
      ['views/highest.sql:0 Rows 1 and 2 have the same key: river is "elbe"'],
    ],
    [
      "a reference to no record",
      view("SELECT 'po' AS river, 1 AS metres, NULL AS low, NULL AS gauges ORDER BY river"),
      [expect.stringMatching(/^views\/highest.sql:0 Row 1 \(river "po"\), column "river": .*"po"/) as never],
    ],
    ["one file of two", { "views/highest.sql": SELECT }, ["views/highest.sql:0 A view has two files, and views/highest.json is missing"]],
    [
      "the name of a table",
      { "views/levels.sql": SELECT, "views/levels.json": HIGHEST },
      ['views/levels.sql:0 The view has the name of the table "levels"'],
    ],
    [
      "the name of a table in other letters",
      { "views/Levels.sql": SELECT, "views/Levels.json": HIGHEST },
      ['views/Levels.sql:0 The view has the name of the table "levels"'],
    ],
    [
      "the name of another view in other letters",
      { ...view(), "views/HIGHEST.sql": SELECT, "views/HIGHEST.json": HIGHEST },
      ['views/highest.json:1 the table "HIGHEST" and the table "highest" would both be published as highest'],
    ],
    [
      "the name of a table that is made of a list of another view",
      {
        ...view(SELECT, columns({ gauges: { type: "array", items: { type: "object", properties: { id: { type: "integer" } } } } })),
        "views/highest_gauges.sql": SELECT,
        "views/highest_gauges.json": HIGHEST,
      },
      ['views/highest_gauges.json:1 the list gauges of "highest" and the table "highest_gauges" would both be published as highest_gauges'],
    ],
    [
      "a reference to a view",
      {
        ...view(),
        "views/other.sql": "SELECT river FROM levels ORDER BY river",
        "views/other.json": {
          ...HIGHEST,
          items: { type: "object", required: ["river"], properties: { river: { type: "string", references: "highest" } } },
        },
      },
      ['views/other.json:16 other.river references "highest", which is not a table'],
    ],
    [
      "a column of two types that files would lose",
      view(SELECT, columns({ low: { type: ["array", "string"] } })),
      [expect.stringMatching(/^views\/highest.json:\d+ highest.low may be a list and something else/) as never],
    ],
    [
      "a whole number beyond 64 bits",
      view(SELECT.replace("max(metres)", "1e19"), columns({ metres: { type: "integer" } })),
      [
        'views/highest.sql:0 Row 1 (river "elbe"), column "metres": 10000000000000000000 is too large: whole numbers in parquet files have 64 bits (and 1 more of this column)',
      ],
    ],
    [
      "whole numbers that JSON readers would round",
      view(SELECT.replace("max(metres)", "9007199254740993 + (river = 'rhine')"), columns({ metres: { type: "integer" } })),
      ['views/highest.sql:0 Row 1 (river "elbe"), column "metres": Too many digits: 9007199254740993 would be read as 9007199254740992'],
    ],
    [
      "such a number in a list",
      view(SELECT.replace("json_group_array(gauge ORDER BY gauge)", "json_array(9007199254740993)")),
      [
        'views/highest.sql:0 Row 1 (river "elbe"), column "gauges[0]": Too many digits: 9007199254740993 would be read as 9007199254740992 (and 1 more of this column)',
      ],
    ],
    [
      "a list that is not JSON",
      view(SELECT.replace("json_group_array(gauge ORDER BY gauge)", "iif(river = 'elbe', '[1,', NULL)")),
      ['views/highest.sql:0 Row 1 (river "elbe"), column "gauges": Expected a list [ … ], found the text "[1,"'],
    ],
    [
      "bytes",
      view(SELECT.replace("max(metres)", "x'4142' AS note, max(metres)"), columns({ note: { type: "string" } })),
      [
        'views/highest.sql:0 Row 1 (river "elbe"), column "note": Expected a JSON value, found bytes that are not text (and 1 more of this column)',
      ],
    ],
    [
      "text that is not UTF-8",
      view(
        SELECT.replace("max(metres)", "iif(river = 'elbe', CAST(x'ff41' AS TEXT), 'x') AS note, max(metres)"),
        columns({ note: { type: "string" } }),
      ),
      ['views/highest.sql:0 Row 1 (river "elbe"), column "note": Expected a JSON value, found bytes that are not text'],
    ],
    [
      "an infinite number",
      view(SELECT.replace("max(metres)", "9e999 AS tide, max(metres)"), columns({ tide: { type: ["number", "null"] } })),
      [
        'views/highest.sql:0 Row 1 (river "elbe"), column "tide": The number is infinite, which JSON cannot represent (and 1 more of this column)',
      ],
    ],
    ["another file", { ...view(), "views/notes.txt": "" }, ["views/notes.txt:0 Not a view, so it would not be used"]],
    [
      "too many rows",
      view(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001) SELECT i AS river, i AS metres, NULL AS low, NULL AS gauges FROM n ORDER BY river",
      ),
      ["views/highest.sql:0 It returns 100001 rows (maximum 100000)"],
    ],
  ])("is refused for %s", async (_name, files, expected) => {
    expect((await problemsOf(files)).sort()).toEqual(expected.sort());
  });

  it("publishes each value as it is, in columns of several types, too", async () => {
    const values = ["5", 5, "5000000000", 5_000_000_000, 1e21, 0.1, -0.5, true, 9_007_199_254_740_994, "\ufeffa", "1e3", "", [1, 2]];
    const schema = structuredClone(SMALL_SCHEMA) as { properties: Record<string, object> };
    const items = (properties: object): object => ({
      type: "array",
      primaryKey: ["number"],
      items: { type: "object", required: ["number"], properties: { number: { type: "integer" }, ...properties } },
    });
    const open = { type: ["integer", "number", "string", "boolean"] };
    Object.assign(schema.properties, { odd: items({ value: {} }) });
    const file = await built(
      {
        "schema.json": schema,
        "odd.json": values.map((value, number) => ({ number, value })),
        "views/same.sql": "SELECT number, value, typeof(value) AS kind FROM odd ORDER BY number",
        "views/same.json": { title: "Same", ...items({ value: open, kind: { type: "string" } }) },
      },
      "2 levels, 13 records of odd, 13 records of same",
    );
    const rows = (await file("same.ndjson"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { value: unknown; kind: string });
    expect(rows.map(({ value }) => value)).toEqual(values.map((value) => (value === true ? 1 : Array.isArray(value) ? "[1,2]" : value)));
    const text = "text";
    expect(rows.map(({ kind }) => kind)).toEqual([
      text,
      "integer",
      text,
      "integer",
      "real",
      "real",
      "real",
      "integer",
      "integer",
      text,
      text,
      text,
      text,
    ]);
  });

  it("warns of text that looks damaged, by its row", async () => {
    const folder = join(await scratch(), "small");
    const columns = { ...HIGHEST.items.properties, note: { type: "string" } };
    const sql = SELECT.replace("max(metres)", "CASE river WHEN 'rhine' THEN 'cafÃ©' END AS note, max(metres)");
    await write(folder, { ...smallDataset("1.0.0"), ...view(sql, { ...HIGHEST, items: { ...HIGHEST.items, properties: columns } }) });
    const { problems, warnings } = await checkDataset(folderSource(folder), RUNTIME);
    const message = 'Row 2 (river "rhine"), column "note": This text contains "Ã©", which looks like text in another encoding';
    expect([problems, warnings]).toEqual([[], [{ file: "views/highest.sql", line: 0, column: 0, message, remedy: 'If so, write "é".' }]]);
  });

  it("is not run if a check finds a problem", async () => {
    const check = "-- table: levels\nSELECT river, gauge, 'No.' AS message FROM levels WHERE metres = 3";
    expect(await problemsOf({ ...view("SELECT 1 ORDER BY river"), "checks/rule.sql": check })).toEqual(["levels.json:15 No."]);
  });

  it("leaves the folder to a table that is called views", async () => {
    const schema = { ...SMALL_SCHEMA, properties: { ...SMALL_SCHEMA.properties, views: SMALL_SCHEMA.properties.rivers } };
    expect(await problemsOf({ "schema.json": schema, "views/a.json": [{ id: "a", label: "A" }] })).toEqual([]);
  });
});

describe("versions of views", () => {
  it("follow their rows and columns, and releases are rebuilt and applied", async () => {
    const { folder, commit } = await repository();
    const data = join(folder, "data/small");
    const store = join(await scratch(), "store");
    await write(data, smallDataset("1.0.0"));
    await commit("Add", "2024-01-01T00:00:00Z");
    await write(data, view());
    await commit("Add a view", "2024-01-02T00:00:00Z");
    await write(data, {
      "levels.json": [
        { river: "rhine", gauge: 1, metres: 9 },
        { river: "elbe", gauge: 1, metres: 3 },
      ],
    });
    await commit("Correct a level", "2024-01-03T00:00:00Z");
    const { code, out } = await factpress(folder, "publish", "--store", store, "--every-commit");
    expect(code, out).toBe(0);
    expect([...out.matchAll(/^small (\d\.\d\.\d) /gm)].map(([, version]) => version)).toEqual(["1.0.0", "1.1.0", "1.1.1"]);
    const changes = JSON.parse(await readFile(join(store, "small/1.1.1/changes.json"), "utf8")) as { tables: Record<string, object> };
    expect(changes.tables["highest"]).toMatchObject({ changed: [{ key: "rhine", fields: { metres: { old: 2.5, new: 9 } } }] });

    const verified = await factpress(folder, "verify", store, "--rebuild");
    expect([verified.code, verified.out]).toEqual([0, expect.stringContaining("3 releases verified")]);
    const mirror = join(await scratch(), "out");
    const applied = await factpress(folder, "apply", join(store, "small/1.1.0"), join(store, "small/1.1.1/changes.json"), "--out", mirror);
    expect(applied.code, applied.out).toBe(0);
    expect(await readFile(join(mirror, "SHA256SUMS"), "utf8")).toBe(await readFile(join(store, "small/1.1.1/SHA256SUMS"), "utf8"));

    // A column or a row that goes breaks readers.
    const { low: _, ...rest } = HIGHEST.items.properties;
    await write(
      data,
      view(SELECT.replace(", max(state) = 'low' AS low", ""), { ...HIGHEST, items: { ...HIGHEST.items, properties: rest } }),
    );
    const column = await factpress(folder, "check");
    expect([column.code, column.out]).toEqual([1, expect.stringContaining("highest.csv: column low is gone")]);
    await write(data, view(SELECT.replace("GROUP BY", "WHERE river <> 'elbe' GROUP BY")));
    const row = await factpress(folder, "check");
    expect([row.code, row.out]).toEqual([1, expect.stringContaining("2.0.0 is not announced")]);
  });
});

it("makes the countries of the Accords, one row for each from current statements, and the scores of sources", async () => {
  const folder = await scratch();
  const { code, out } = await factpress(ROOT, "build", "abraham-accords", "--out", folder);
  expect(code, out).toBe(0);
  const lines = (await readFile(join(folder, "abraham-accords/countries.ndjson"), "utf8")).trim().split("\n");
  const rows = new Map(lines.map((line) => JSON.parse(line) as { country: string }).map((row) => [row.country, row]));
  expect(rows.size).toBe(lines.length);
  expect(rows.get("country:MA")).toMatchObject({
    ...{ iso: "MA", status: "signatory", announced: "2020-12-10", signed: "2020-12-22", embassies: false, certainty: "confirmed" },
    instrument: "agreement:il-ma-us-joint-declaration-2020",
  });
  expect(rows.get("country:KZ")).toMatchObject({ status: "announced", relationsSince: "1992-04-10" });
  expect(rows.get("country:KZ")).not.toHaveProperty("signed");
  const publications = JSON.parse(await readFile(join(ROOT, "data/abraham-accords/sources.json"), "utf8")) as Json[];
  // "~" sorts after every digit and "-": a year or a month compares as its last day.
  const last = new Map(publications.map(({ id, published = "9999" }) => [id, `${String(published).split("/").at(-1)}~`]));
  for (const { country, asOf = "0", source } of rows.values() as Iterable<{ country: string; asOf?: string; source?: string }>)
    expect([country, (last.get(source) ?? "") >= asOf]).toEqual([country, true]);
  // Neither a signature nor a report says what a reader may take it to say: relations, and what the government wants.
  expect(rows.get("country:SD")).toMatchObject({ status: "signatory", relations: "no-diplomatic-relations", relationsAsOf: "2023-02-03" });
  expect(rows.get("country:BD")).toMatchObject({ status: "speculated", position: "rejected", positionAsOf: "2020-12" });
  // Each value names who says so and how sure it is; the most reliable source first.
  expect(rows.get("country:MA")).toMatchObject({ source: "cambridge-ilm-singer-2021", embassiesCertainty: "confirmed" });
  expect(rows.get("country:BH")).toMatchObject({ certainty: "confirmed", embassiesCertainty: "reported" });
  expect(rows.get("country:SD")).toMatchObject({ relationsSource: "urdupoint-2023-02-03" });
  expect(rows.get("country:BD")).toMatchObject({ positionSource: "tricksfast-2020-12" });
  for (const row of rows.values() as Iterable<Record<string, unknown>>)
    expect(
      [
        ...["announced", "signed", "relationsSince", "embassies", "relations", "position"].map((name) => [name, `${name}Source`] as const),
        ...["embassies", "relations", "position"].map((name) => [name, `${name}Certainty`] as const),
      ].filter(([name, told]) => name in row !== told in row),
    ).toEqual([]);
  expect(rows.get("country:AE")).toMatchObject({ embassies: true, embassiesSource: "tps-il-2025-11-06" });
  expect(rows.get("territory:somaliland")).not.toHaveProperty("iso");
  // The page answers with the same: one row for each country, with the same values.
  const read = async (table: string): Promise<Json[]> =>
    (await readFile(join(folder, `abraham-accords/${table}.ndjson`), "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Json);
  const facts = new Map((await read("facts")).map((fact) => [fact["id"], fact]));
  const labels = new Map((await read("entities")).map(({ id, label }) => [id, label]));
  const built: ReleaseFolder = {
    bytes: (name) => ifExists(readFile(join(folder, "abraham-accords", name))),
    read: (name) => createReadStream(join(folder, "abraham-accords", name)),
  };
  const addresses = { base: "", rest: "", env: { assets: "", style: "" } };
  const { page } = await loadRelease(built, { version: null, catalogue: emptyCatalogue("abraham-accords"), isNewest: true }, addresses);
  const answers = page.main?.answers?.rows.map(({ label, statement, cells: [signed = [], announced = []] }) => {
    const said = (id: string): Json => facts.get(id) ?? {};
    const dates = (held: readonly { id: string }[]): unknown => held.map(({ id }) => (said(id)["value"] as Json)["date"]);
    const { subject, value, date } = said(statement.id) as { subject: string; value: Json; date?: string };
    // What the page marks as contested is contested in the file.
    const contrary = (held: readonly Row[]): unknown[] => held.map((row) => claimCount(row, "claims"));
    const contested = {
      statusConflicts: contrary([statement]),
      signedConflicts: contrary(signed),
      announcedConflicts: contrary(announced),
    };
    return { country: subject, label, status: value["code"], asOf: date, signed: dates(signed), announced: dates(announced), ...contested };
  });
  const listed = (date: unknown): unknown[] => (date === undefined ? [] : [date]);
  const countries = (await read("countries")).map(({ country, status, asOf, signed, announced, ...row }) => {
    const dates = { signed: listed(signed), announced: listed(announced) };
    const names = ["statusConflicts", "signedConflicts", "announcedConflicts"];
    const contested = Object.fromEntries(names.map((name) => [name, listed(row[name])]));
    return { country, label: labels.get(country), status, asOf, ...dates, ...contested };
  });
  // Those about relations with Israel and positions are not in the page's answer, but counted beside the statements.
  const shownRows = new Map(page.main?.whole.rows.map((row) => [row.id, row]));
  const relations = new Map(
    (await read("entities")).flatMap(({ id, between }) =>
      Array.isArray(between) && between.includes("country:IL") ? between.map((country) => [country, id] as const) : [],
    ),
  );
  const counted = (subject: unknown, property: string, value: unknown, date?: unknown): number[] => {
    const told = [...facts.values()].filter((fact) => fact["subject"] === subject && fact["property"] === property);
    const standing = new Set(standingRows(told.flatMap(({ id }) => shownRows.get(id as string) ?? [])).map(({ id }) => id));
    const same = told.filter((fact) => standing.has(fact["id"] as string) && Object.values(fact["value"] as Json).includes(value as never));
    return same
      .filter((fact) => date === undefined || fact["date"] === date)
      .map(({ id }) => claimCount(shownRows.get(id as string) as Row, "claims"));
  };
  let compared = 0;
  for (const row of rows.values() as Iterable<Json>) {
    const relation = relations.get(row["country"] as string);
    for (const [name, subject, property, date] of [
      ["relationsSince", relation, "relationsEstablishedOn", undefined],
      ["embassies", relation, "embassiesExchanged", row["embassiesAsOf"]],
      ["relations", relation, "relationsStatus", row["relationsAsOf"]],
      ["position", row["country"], "officialPositionOnJoining", row["positionAsOf"]],
    ] as const) {
      if (row[name] === undefined) continue;
      compared += 1;
      expect([row["country"], name, counted(subject, property, row[name], date)]).toEqual([
        row["country"],
        name,
        [row[`${name}Conflicts`]],
      ]);
    }
  }
  expect(compared).toBeGreaterThan(15);
  expect(rows.get("country:KZ")).toMatchObject({
    statusConflicts: 3,
    announcedConflicts: 0,
    relationsSinceConflicts: 1,
    embassiesConflicts: 0,
  });
  expect(rows.get("country:MA")).toMatchObject({ statusConflicts: 0, signedConflicts: 3, embassiesConflicts: 2 });
  expect(answers?.toSorted((a, b) => (a.country < b.country ? -1 : 1))).toEqual(countries);
  expect(countries.length).toBeGreaterThan(5);
  // The scores of sources are those of their pages; the article's are pinned, so that a change of them is noticed.
  const scores = new Map((await read("scores")).map(({ source, ...score }) => [source, score as Record<string, number>]));
  expect(scores.get("tps-il-2025-11-06")).toEqual({ statements: 97, agrees: 47, lessPrecise: 6, wrong: 9, open: 2, alone: 33 });
  const released = { ...emptyCatalogue("abraham-accords"), releases: [{ version: "1.0.0", date: null, level: "first" }] } as never;
  const { sources } = await loadRelease(built, { version: "1.0.0", catalogue: released, isNewest: true }, addresses);
  const shown = sources
    .map(({ key, contradicted, undecided, superseded, uncontradicted }) => [
      key,
      contradicted.length,
      undecided.length,
      superseded.length,
      uncontradicted.length,
    ])
    .filter(([, ...counts]) => counts.some((count) => count !== 0));
  expect(shown.toSorted()).toEqual(
    [...scores]
      .filter(([, { statements }]) => statements !== 0)
      .map(([key, { wrong, open, lessPrecise, agrees = 0, alone = 0 }]) => [key, wrong, open, lessPrecise, agrees + alone])
      .toSorted(),
  );
});
