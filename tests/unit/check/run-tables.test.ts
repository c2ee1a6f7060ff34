import { describe, expect, it } from "vitest";
import { checkDataset } from "../../../lib/check/check-dataset.ts";
import { indexesForViews } from "../../../lib/check/indexes-for-views.ts";
import { readDataset } from "../../../lib/check/read-dataset.ts";
import { runTables } from "../../../lib/check/run-tables.ts";
import type { Locate } from "../../../lib/check/table-encodings.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import type { Runtime } from "../../../lib/ports/runtime.ts";
import { RUNTIME } from "../../runtime.ts";

const SLUG = { type: "string", pattern: "^[a-z0-9]+(-[a-z0-9]+)*$" };
const SCHEMA = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  required: ["lakes", "visits"],
  additionalProperties: false,
  properties: {
    lakes: {
      type: "array",
      primaryKey: ["id"],
      items: { type: "object", required: ["id"], additionalProperties: false, properties: { id: SLUG } },
    },
    visits: {
      type: "array",
      primaryKey: ["id"],
      items: {
        type: "object",
        required: ["id", "lake"],
        additionalProperties: false,
        properties: {
          id: SLUG,
          lake: { ...SLUG, references: "lakes" },
          others: { type: "array", items: { ...SLUG, references: "lakes" } },
        },
      },
    },
  },
};
const METADATA = { name: "trips", title: "Trips", description: "Trips to lakes.", licenses: [{ name: "CC0-1.0" }] };

const sourceOf = (files: Record<string, unknown>): Source => {
  const texts = new Map(
    Object.entries(files).map(([path, value]) => [path, typeof value === "string" ? value : JSON.stringify(value, null, 1)]),
  );
  return {
    list: async () => [...texts].map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) })),
    async *read(path) {
      yield Buffer.from(texts.get(path) as string);
    },
  };
};

const WITHOUT_SQL: Runtime = {
  ...RUNTIME,
  startSql() {
    throw new Error("this dataset has no SQL checks");
  },
};

async function problemsOf(files: Record<string, unknown>, folder?: string): Promise<string[]> {
  const source = sourceOf({ "dataset.json": METADATA, "schema.json": SCHEMA, "lakes.json": [{ id: "lake-victoria" }], ...files });
  const { problems, problemCount } = await checkDataset(source, WITHOUT_SQL, { folder });
  expect(problemCount).toBe(problems.length);
  return problems.map(({ file, line, message, remedy }) => `${file}:${line} ${message} | ${remedy}`);
}

const visit = (lake: string, others?: string[]): object[] => [{ id: "a", lake, ...(others ? { others } : {}) }];

describe("a reference to a missing record", () => {
  it("is reported once, with the intended record, even if it also breaks a rule of its column", async () => {
    const hidden = "la\u200bke-victoria";
    expect(await problemsOf({ "visits.json": visit(hidden) })).toEqual([
      'visits.json:4 There is no "la\u200bke-victoria" in lakes: it contains a zero-width space (U+200B) | Did you mean "lake-victoria"?',
    ]);
    expect(await problemsOf({ "visits.json": visit("Lake-Victoria") })).toEqual([
      'visits.json:4 There is no "Lake-Victoria" in lakes | Did you mean "lake-victoria"?',
    ]);
  });

  it("is reported by the rule of its column if no record was intended", async () => {
    const [only, ...others] = await problemsOf({ "visits.json": visit("Somewhere Else") });
    expect(only).toContain('Write "somewhere-else"');
    expect(others).toEqual([]);
  });

  it("is found in any entry of a list", async () => {
    expect(await problemsOf({ "visits.json": visit("lake-victoria", ["lake-victoria", "lake-nowhere"]) })).toEqual([
      'visits.json:7 There is no "lake-nowhere" in lakes | Add it to lakes, or correct the key.',
    ]);
  });

  it("is not reported if the records of its table are nested in a second list", async () => {
    const problems = await problemsOf({ "lakes.json": [[{ id: "lake-victoria" }]], "visits.json": visit("lake-victoria") });
    expect(problems).toEqual([expect.stringMatching(/^lakes\.json:2 Expected a record/)]);
  });

  it("is not reported if the name of the key is misspelt", async () => {
    const problems = await problemsOf({ "lakes.json": [{ Id: "lake-victoria" }], "visits.json": visit("lake-victoria") });
    expect(problems).toEqual([expect.stringMatching(/^lakes\.json:3 Unknown column "Id".* \| Did you mean "id"\?$/)]);
  });

  it("is not reported if records may be in a misnamed file", async () => {
    const problems = await problemsOf({ "lakes.json": [], "lake.json": [{ id: "lake-nowhere" }], "visits.json": visit("lake-nowhere") });
    expect(problems).toEqual([expect.stringMatching(/^lake\.json:0 Unknown table "lake"/)]);
  });
});

describe("a whole number beyond 64 bits", () => {
  const numbers = { ...SCHEMA.properties.lakes.items, properties: { id: SLUG, depth: { type: "integer" } } };
  const schema = {
    ...SCHEMA,
    required: ["lakes"],
    properties: { lakes: { ...SCHEMA.properties.lakes, items: numbers } },
  };
  const files = { "schema.json": schema, "lakes.json": '[{"id": "a", "depth": 20000000000000000000}]' };

  it.each([
    [["csv", "json", "ndjson"], undefined],
    [["csv", "json", "ndjson", "parquet"], "parquet"],
    [["csv", "json", "ndjson", "sqlite"], "sqlite"],
  ])("is a problem if a format cannot store it: %j", async (formats, format) => {
    const dataset = { ...METADATA, release: { formats } };
    const what = `lakes.json:1 20000000000000000000 is too large: whole numbers in ${format} files have 64 bits`;
    expect(await problemsOf({ ...files, "dataset.json": dataset })).toEqual(format ? [expect.stringContaining(what)] : []);
  });
});

describe("problems of the dataset's own files", () => {
  const visits = { "visits.json": [{ id: "a" }] };
  const missing = 'visits.json:2 Missing column "lake" | Add "lake".';

  it("are reported with problems of records: a folder with another name", async () => {
    expect(await problemsOf(visits, "travels")).toEqual([
      'dataset.json:0 The name is "trips", but the folder is "travels" | Give both the same name; it is part of addresses.',
      missing,
    ]);
  });

  it.each([
    ["<<<<<<< HEAD\n{}\n", "Unresolved merge conflict"],
    ["{", "The file ends before this { is closed"],
  ])("are listed with those of records: dataset.json that starts %j", async (text, message) => {
    const [first, ...others] = await problemsOf({ "dataset.json": text, ...visits });
    expect(first).toContain(message);
    expect(others).toEqual([missing]);
  });

  it("are reported with problems of records: a missing dataset.json", async () => {
    const source = sourceOf({ "schema.json": SCHEMA, "lakes.json": [], "visits.json": [{ id: "a" }] });
    const { problems } = await checkDataset(source, WITHOUT_SQL);
    expect(problems.map(({ file, message }) => `${file} ${message}`)).toEqual([
      "dataset.json The file is missing",
      'visits.json Missing column "lake"',
    ]);
  });

  it.each(["<<<<<<< HEAD\n[]\n=======\n[]\n>>>>>>> other\n", "[]\n<<<<<<< HEAD\n[]\n", '[\n{"id":"a"}\n=======\n]'])(
    "include the merge conflict of a file of records: %j",
    async (text) => {
      const problems = await problemsOf({ "lakes.json": text, ...visits });
      expect(problems).toEqual([expect.stringMatching(/^lakes\.json:\d Unresolved merge conflict/), missing]);
    },
  );

  it("do not include merge conflicts for other text", async () => {
    const problems = await problemsOf({ "lakes.json": "<!DOCTYPE html>", ...visits });
    expect(problems).toEqual([expect.stringMatching(/^lakes\.json:1 The file must be a list of records/), missing]);
  });

  it("include a misnamed file once, with the table that it may belong to", async () => {
    const source = sourceOf({ "dataset.json": METADATA, "schema.json": SCHEMA, "seen.json": [], "visits.json": visit("anywhere") });
    const { problems } = await checkDataset(source, WITHOUT_SQL);
    expect(problems).toEqual([
      expect.objectContaining({ file: "seen.json", remedy: 'Did you mean "lakes"? Move the file to lakes.json.' }),
    ]);
  });
});

describe("locating the records of a table", () => {
  const text = { type: "string" };
  const items = { type: "object", required: ["id"], properties: { id: text, text } };
  const schema = { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } };
  /** Records of a given size in bytes, each on two lines. */
  const located = async (records: number, bytes: number, maxRecords: number) => {
    const file = Array.from({ length: records }, (_, i) => `{"id":"k${i}",\n"text":"${"x".repeat(bytes)}"}`).join(",\n");
    const source = sourceOf({ "dataset.json": METADATA, "schema.json": JSON.stringify(schema), "t.json": `[\n${file}\n]\n` });
    const { dataset } = await readDataset(source);
    if (!dataset) throw new Error("no dataset");
    const locate: Locate = { table: "t", maxRecords, locations: new Map() };
    const { problems, records: found } = await runTables({ dataset, source, runtime: WITHOUT_SQL }, { locate });
    expect([problems, found.get("t")]).toEqual([[], records]);
    return [...(locate.locations ?? [])].map(([key, { file, line }]) => `${key} ${file}:${line}`);
  };

  it("finds the same locations in a large table as in a small one", async () => {
    const small = await located(50, 10, 50);
    expect(small.slice(0, 2)).toEqual(["k0 t.json:2", "k1 t.json:4"]);
    expect(await located(50, 600_000, 50)).toEqual(small);
  });

  it("finds no locations if there are too many records", async () => {
    expect(await located(50, 10, 49)).toEqual([]);
    expect(await located(50, 600_000, 49)).toEqual([]);
  });
});

describe("a file that is a copy of another", () => {
  const visits = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `v${i}`, lake: "lake-victoria" }));

  it("is one problem, and single records of it are reported one by one", async () => {
    expect(await problemsOf({ "visits/a.json": visits(4), "visits/b.json": visits(4) })).toEqual([
      expect.stringMatching(
        /^visits\/b\.json:3 Duplicate id "v0": the record at visits\/a\.json:3 has it, and that file has the keys of all 4 records of this file \| If one of the two files is a copy, delete it\. Otherwise give each record its own id, or merge the two\.$/,
      ),
    ]);
    expect(await problemsOf({ "visits/a.json": visits(4), "visits/b.json": visits(2) })).toHaveLength(2);
  });

  const copies = async (files: Record<string, unknown>) =>
    (await problemsOf(files)).map((text) => text.replace(/^visits\/|Duplicate id | the record at visits\/|:\d+(?= has| Dup)| \|.*$/g, ""));

  it("is found for each of several copies, which do not blame the primary key", async () => {
    const all = visits(10);
    expect(await copies({ "visits/a.json": all, "visits/b.json": all, "visits/c.json": all })).toEqual([
      'b.json "v0":a.json has it, and that file has the keys of all 10 records of this file',
      'c.json "v0":a.json has it, and that file has the keys of all 10 records of this file',
    ]);
  });

  it("is none if it has other records, or records of several files: each is reported, with its location", async () => {
    const all = visits(200);
    const files = { "visits/a.json": all.slice(0, 81), "visits/b.json": all.slice(81, 190), "visits/x.json": all };
    const found = await copies(files);
    expect(found).toHaveLength(190);
    for (const [i, text] of found.entries()) expect(text).toBe(`x.json "v${i}":${i < 81 ? "a" : "b"}.json has it`);
  });

  it("is found if it has more records than are looked up", async () => {
    const [all, large] = [visits(1000), visits(1001)];
    expect(await copies({ "visits/a.json": all, "visits/x.json": all })).toEqual([
      'x.json "v0":a.json has it, and that file has the keys of all 1000 records of this file',
    ]);
    const earlier = '"v0":a.json has it, and all 1001 records of this file have keys of earlier records';
    const several = { "visits/a.json": large, "visits/x.json": large, "visits/y.json": all };
    expect(await copies(several)).toEqual([
      `x.json ${earlier}`,
      'y.json "v0":a.json has it, and all 1000 records of this file have keys of earlier records',
    ]);
  });

  it("is none if it has a record of its own: the records that are not looked up are counted", async () => {
    const large = visits(1200);
    const x = [...large, { id: "own", lake: "lake-victoria" }];
    const files = { "lakes.json": [{ id: "lake-victoria" }], "visits/a.json": large, "visits/x.json": x };
    const source = sourceOf({ "dataset.json": METADATA, "schema.json": SCHEMA, ...files });
    const { problems, problemCount } = await checkDataset(source, WITHOUT_SQL);
    expect([problems.length, problemCount]).toEqual([1000, 1200]);
  });

  it("may be the second half of a file", async () => {
    expect(await problemsOf({ "visits.json": [...visits(4), ...visits(4)] })).toEqual([
      expect.stringMatching(
        /^visits\.json:19 Duplicate id "v0": the record at visits\.json:3 has it, and the second half of this file, 4 records, has the keys of the first \|/,
      ),
    ]);
  });

  it.each([
    [
      "pairs of equal records",
      [0, 0, 1, 1, 2, 2],
      [
        ["v0", 3],
        ["v1", 11],
        ["v2", 19],
      ],
    ],
    [
      "one record many times",
      [0, 1, 2, 0, 0, 0],
      [
        ["v0", 3],
        ["v0", 3],
        ["v0", 3],
      ],
    ],
  ])("is not %s: each is reported", async (_what, order, expected) => {
    const visit = visits(3);
    expect(await problemsOf({ "visits.json": order.map((i) => visit[i]) })).toEqual(
      expected.map(([id, line]) =>
        expect.stringContaining(`Duplicate id "${id}": the record at visits.json:${line} has it | Give this record`),
      ),
    );
  });
});

describe("a problem of all records", () => {
  const wrong = (count: number, file = "") => Array.from({ length: count }, (_, i) => ({ id: `v${file}${i}`, lake: 5 }));

  it("is one if all were read", async () => {
    const one =
      /^visits\.json:4 Expected .* \(in all 12 records, such as those at line 8, line 12 and line 16\) \| .* If the records are right, correct this column of visits in schema\.json\.$/;
    expect(await problemsOf({ "visits.json": wrong(12) })).toEqual([expect.stringMatching(one)]);
    expect(await problemsOf({ "visits/a.json": wrong(12), "visits/b.json": { id: "v" } })).toHaveLength(13);
  });

  it("is one if most records with a value have it, and names some of their values", async () => {
    const some = Array.from({ length: 30 }, (_, i) => ({ id: `v${i}`, ...(i % 2 === 0 ? { lake: i % 3 } : {}) }));
    const found = await problemsOf({ "visits.json": some });
    expect(found.filter((text) => text.includes("number"))).toEqual([
      expect.stringMatching(
        /found the number 0 \(in all 15 records that have a value here, of 30, such as 2 \(line 11\) and 1 \(line 18\)\) \| /,
      ),
    ]);
    const right = some.map((visit, i) => (i === 28 ? { ...visit, lake: "lake-victoria" } : visit));
    expect((await problemsOf({ "visits.json": right })).filter((text) => text.includes("number"))).toEqual([
      expect.stringContaining("(in 14 of 15 records that have a value here, of 30, such as 2"),
    ]);
  });

  it("are several if the values of a column are wrong in several ways", async () => {
    const visit = (i: number) => ({ id: `v${i}`, ...(i < 12 ? { lake: i } : i < 24 ? { lake: null } : {}) });
    expect(await problemsOf({ "visits.json": Array.from({ length: 30 }, (_, i) => visit(i)) })).toEqual([
      expect.stringMatching(/found the number 0 \(in 12 of 24 records that have a value here, of 30, such as 1 /),
      expect.stringMatching(
        /null is not a value \(in 12 of 24 records that have a value here, of 30, such as those at line 56, line 60 and line 64\) /,
      ),
      expect.stringContaining('Missing column "lake" (in 6 records)'),
    ]);
  });

  it("leaves references to missing records apart: each key is named once", async () => {
    const visits = Array.from({ length: 12 }, (_, i) => ({ id: `v${i}`, lake: i < 8 ? "xxx" : "lake-victoria", others: ["xxx"] }));
    expect(await problemsOf({ "visits.json": visits })).toEqual([
      'visits.json:4 There is no "xxx" in lakes (also at 19 more places) | Add it to lakes, or correct the key.',
    ]);
    const different = visits.map(({ id }, i) => ({ id, lake: `yyyyyyyy-${"abcdefghijkl".charAt(i).repeat(9)}` }));
    expect(await problemsOf({ "visits.json": different })).toHaveLength(12);
  });
});

describe("a table that others refer to", () => {
  it("is read for its keys and for the check, and not again for the views that refer to it", async () => {
    const view = { type: "array", primaryKey: ["lake"], items: { type: "object", properties: { lake: { ...SLUG, references: "lakes" } } } };
    const source = sourceOf({
      "dataset.json": METADATA,
      "schema.json": SCHEMA,
      "lakes.json": [{ id: "lake-victoria" }],
      "visits.json": visit("lake-victoria"),
      "views/visited.json": {
        ...view,
        title: "Visited lakes",
        description: "One row per lake.",
        items: { ...view.items, required: ["lake"] },
      },
      "views/visited.sql": "SELECT DISTINCT lake FROM visits ORDER BY lake",
    });
    const reads: string[] = [];
    const counted: Source = {
      ...source,
      read(path, options) {
        reads.push(path);
        return source.read(path, options);
      },
    };
    const { problems, records } = await checkDataset(counted, RUNTIME);
    expect([problems, records.get("visited")]).toEqual([[], 1]);
    expect(reads.filter((path) => path === "lakes.json")).toHaveLength(2);
  });

  it("has an index that stays in memory only if a view refers to it", async () => {
    const source = sourceOf({
      "dataset.json": METADATA,
      "schema.json": SCHEMA,
      "lakes.json": [{ id: "lake-victoria" }],
      "visits.json": visit("lake-victoria"),
    });
    const { dataset } = await readDataset(source);
    if (!dataset) throw new Error("no dataset");
    const keptFor = async (plans: Parameters<typeof indexesForViews>[0]): Promise<[string, number | undefined][]> => {
      const indexes = indexesForViews(plans);
      await runTables({ dataset, source, runtime: RUNTIME }, { indexes });
      return [...indexes].map(([table, index]) => [table, index?.labels.size]);
    };
    expect(await keptFor(dataset.plans)).toEqual([]);
    const view = { sql: "SELECT 1", referencedTables: ["lakes"] };
    expect(await keptFor([...dataset.plans, view])).toEqual([["lakes", 0]]);
  });
});
