import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { checkDataset } from "../lib/check/check-dataset.ts";
import { MAX_CHECK_ROWS } from "../lib/check/sql-database.ts";
import { RUNTIME } from "./runtime.ts";
import { factpress, ROOT, repository, SMALL_SCHEMA, scratch, smallDataset, tree, write } from "./scratch.ts";

async function problemsIn(folder: string): Promise<string[]> {
  const { problems } = await checkDataset(folderSource(folder), RUNTIME);
  return problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

async function small(files: Record<string, unknown>): Promise<string> {
  const folder = join(await scratch(), "small");
  await write(folder, { ...smallDataset("1.0.0"), ...files });
  return folder;
}

const levelsCheck = (select: string): Record<string, unknown> => ({ "checks/rule.sql": `-- table: levels\n${select}` });

describe("the rules of the Accords", () => {
  type Fact = Record<string, unknown> & { id: string };
  const by =
    (id: string, change: (fact: Fact) => void) =>
    (facts: Fact[]): string => {
      const fact = facts.find((fact) => fact.id === id) as Fact;
      change(fact);
      return id;
    };

  /** What is changed, in which file, how (the id of the record that is named), and what is said of it. */
  type Case = [name: string, subject: string, change: (facts: Fact[]) => string, says: RegExp];
  const cases: Case[] = [
    [
      "two preferred statements",
      "morocco",
      by("ma-joined-icwa", (fact) => Object.assign(fact, { rank: "preferred" })),
      /has 2 preferred statements: ma-joined-icwa, ma-joined-wikipedia/,
    ],
    [
      "no preferred statement",
      "sudan",
      (facts) => {
        by("sd-joined-alarabiya", (fact) => Object.assign(fact, { rank: "normal" }))(facts);
        return "sd-joined-alarabiya";
      },
      /No statement of the conflict "sd-joined-on" is preferred/,
    ],
    [
      "a signatory without a date",
      "sudan",
      (facts) => {
        facts.splice(0, facts.length, ...facts.filter(({ property }) => property !== "joinedOn"));
        return "sd-accords-signatory-tps";
      },
      /is called a signatory, but no statement that stands says when it joined/,
    ],
    [
      "something preferred that is refuted",
      "morocco",
      by("ma-joined-wikipedia", (fact) => Object.assign(fact, { certainty: "refuted" })),
      /It is both refuted and preferred/,
    ],
    [
      "a range that ends before it starts",
      "jews-of-kazakhstan",
      (facts) => {
        const fact = facts.find(({ value }) => (value as { max?: number }).max !== undefined) as Fact;
        Object.assign(fact["value"] as object, { min: 10, max: 3 });
        return fact.id;
      },
      /The range ends before it starts: min is 10 and max is 3/,
    ],
    [
      "a speculated joiner with a date",
      "oman",
      (facts) => {
        const { conflict: _, ...first } = facts[0] as Fact;
        facts.push({ ...first, id: "om-joined", property: "joinedOn", value: { date: "2025" }, certainty: "reported" });
        return "om-joined";
      },
      /is only speculated to join \(om-accords-speculated-tps\), but this says that it joined on 2025/,
    ],
    [
      "a conflict about two things",
      "morocco",
      by("ma-joined-icwa", (fact) => Object.assign(fact, { property: "announcedOn" })),
      /The conflict "ma-joined-on" is about country:MA and joinedOn .*, but this is about country:MA and announcedOn/,
    ],
    [
      "an open question that one statement claims to decide",
      "kazakhstan",
      by("kz-ordinal-oikosix", (fact) => Object.assign(fact, { certainty: "reported" })),
      /No statement of the conflict "kz-joined-ordinal" is preferred/,
    ],
    [
      "two values of a property that has one",
      "kazakhstan",
      (facts) => {
        const fact = facts.find(({ id }) => id === "kz-muslim-share-wikipedia") as Fact;
        facts.push({ ...fact, id: "kz-muslim-share-other", value: { number: 70 } });
        return fact.id;
      },
      /This contradicts kz-muslim-share-other: muslimSharePercent has one value/,
    ],
    ...["min", "max"].map((end): [string, string, (facts: Fact[]) => string, RegExp] => [
      `another range that has only its ${end}`,
      "jews-of-kazakhstan",
      (facts) => {
        const fact = facts.find(({ id }) => id === "jews-kz-population-jpost") as Fact;
        facts.push({ ...fact, id: "jews-kz-population-other", value: { [end]: 20_000 } });
        return "jews-kz-population-other";
      },
      /This contradicts jews-kz-population-jpost: population has one value/,
    ]),
    [
      "something confirmed on evidence that is four years older",
      "israel-morocco",
      by("il-ma-mission-level-globes", (fact) => Object.assign(fact, { date: "2025-08-12" })),
      /confirmed as of 2025-08-12, but no independent or official source that supports it is dated 2024 or later/,
    ],
    [
      "something confirmed on evidence that is older",
      "israel-sudan",
      by("il-sd-cooperation-security-tps", (fact) => Object.assign(fact, { certainty: "confirmed" })),
      /confirmed as of 2025-11-06, but no independent or official source that supports it is dated 2024 or later/,
    ],
    [
      "an event that is confirmed on evidence from before it",
      "2025-11-06-kazakhstan-accession-announcement",
      by("kz-announcement-status-occurred-californiainsider", (fact) => Object.assign(fact, { date: "2027-11-06" })),
      /confirmed as of 2027-11-06, but no independent or official source that supports it is dated 2026 or later/,
    ],
    [
      "a period that is confirmed on evidence from before its end",
      "sudan",
      by("sd-on-list-saharareporters", (fact) => Object.assign(fact, { date: "1993/2025-12-14" })),
      /confirmed as of 1993\/2025-12-14, but no independent or official source that supports it is dated 2024 or later/,
    ],
    [
      "something that can change and is confirmed without a date",
      "bahrain",
      by("bh-accords-signatory-tps", (fact) => {
        delete fact["date"];
        delete fact["dateRole"];
      }),
      /can change with time, and is confirmed without a date/,
    ],
    [
      "a long quotation",
      "morocco",
      by("ma-joined-tps", (fact) => Object.assign(fact, { locator: "x".repeat(61) })),
      /The quotation has 61 characters \(maximum 60\)/,
    ],
    [
      "something preferred on one weak source",
      "kazakhstan",
      by("kz-accords-announced-newsru", (fact) => delete fact["corroboration"]),
      /rests on one publisher only/,
    ],
  ];
  /** One case of each file at a time. */
  const groups: Case[][] = [];
  for (const one of cases) {
    const free = groups.find((group) => group.every(([, subject]) => subject !== one[1]));
    if (free) free.push(one);
    else groups.push([one]);
  }

  it.each(groups.map((group) => ({ group, names: group.map(([name]) => name).join("; ") })))(
    "fails when they hold $names",
    async ({ group }) => {
      const folder = join(await scratch(), "abraham-accords");
      await cp(join(ROOT, "data/abraham-accords"), folder, { recursive: true });
      const expected: unknown[] = [];
      for (const [, subject, change, says] of group) {
        const file = join(folder, `facts/${subject}.json`);
        const facts = JSON.parse(await readFile(file, "utf8")) as Fact[];
        const id = change(facts);
        const text = `${JSON.stringify(facts, null, 2)}\n`;
        await writeFile(file, text);
        const line = text.split("\n").findIndex((line) => line.includes(`"id": "${id}"`)) + 1;
        expected.push(expect.stringMatching(new RegExp(`^facts/${subject}\\.json:${line} .*${says.source}`)));
      }
      expect(await problemsIn(folder)).toEqual(expect.arrayContaining(expected));
    },
  );

  it("hold for what is published", async () => {
    expect(await problemsIn(join(ROOT, "data/abraham-accords"))).toEqual([]);
  });
});

describe("a check", () => {
  it("reads the columns of the CSV with their types, labels, days and lists", async () => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as {
      properties: { levels: { items: { properties: Record<string, unknown> } } };
    };
    Object.assign(schema.properties.levels.items.properties, {
      wet: { type: "boolean" },
      by: { type: "array", items: { type: "object", properties: { who: { type: "string" }, times: { type: "integer" } } } },
    });
    const folder = await small({
      "schema.json": schema,
      "levels.json": [
        {
          river: "rhine",
          gauge: 1,
          metres: 2.5,
          day: "2020-12",
          seen: ["Ann", "Bo;b"],
          note: "=1+1",
          wet: true,
          by: [{ who: "Cy", times: 3 }, { who: "Di" }],
        },
      ],
      ...levelsCheck(`SELECT river, gauge, json_array(typeof(metres), metres * 2, river_label, day_end, seen, note, wet, typeof(state),
        (SELECT json_group_array(json_array(levels_river, levels_gauge, who, times)) FROM levels_by)) AS message FROM levels`),
    });
    const [problem] = await problemsIn(folder);
    expect(JSON.parse(problem?.replace("levels.json:3 ", "") ?? "")).toEqual([
      "real",
      5,
      "Rhine",
      "2020-12-31",
      "Ann;Bo\\;b",
      "=1+1",
      1,
      "null",
      JSON.stringify([
        ["rhine", 1, "Cy", 3],
        ["rhine", 1, "Di", null],
      ]),
    ]);
  });

  it("reads the values of a column of several types as they are, and finds records by them", async () => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as {
      properties: { rivers: { items: { properties: Record<string, unknown> } } };
    };
    schema.properties.rivers.items.properties["id"] = { type: ["integer", "string"] };
    const ids = [5, "05", 5_000_000_000, "1e3"];
    const files = {
      "schema.json": schema,
      "rivers.json": ids.map((id) => ({ id, label: "x" })),
      "levels.json": [],
      "checks/rule.sql": "-- table: rivers\nSELECT id, typeof(id) || ' ' || id AS message FROM rivers",
    };
    expect(await problemsIn(await small(files))).toEqual([
      "rivers.json:3 integer 5",
      "rivers.json:7 text 05",
      "rivers.json:11 integer 5000000000",
      "rivers.json:15 text 1e3",
    ]);
  });

  it("names a whole number as it is", async () => {
    const sql = "-- table: rivers\nSELECT 9007199254740993 AS id, 9223372036854775807 AS message";
    expect(await problemsIn(await small({ "checks/rule.sql": sql }))).toEqual([
      'checks/rule.sql:0 It returns "9007199254740993", which is not a key of rivers: 9223372036854775807',
    ]);
  });

  it("says where its rule is, or which columns name a record", async () => {
    const folder = await small(levelsCheck("SELECT river, gauge, 'x' AS message FROM levels UNION ALL SELECT 'po', 'y', 'x'"));
    const { problems } = await checkDataset(folderSource(folder), RUNTIME);
    expect(new Set(problems.map(({ remedy }) => remedy))).toEqual(
      new Set(["The rule is in checks/rule.sql.", "Return the river, gauge of a record of levels."]),
    );
  });

  it("is not run if records have problems: those are reported first", async () => {
    expect(
      await problemsIn(await small({ "levels.json": "[{}]", ...levelsCheck("SELECT river, gauge, 'x' AS message FROM levels") })),
    ).toEqual(["river", "gauge", "metres"].map((name) => `levels.json:1 Missing column "${name}"`));
  });

  it.each([
    ["no table", "SELECT river, gauge, 'x' AS message FROM levels", "checks/rule.sql:1 Missing table: whose records does this check?"],
    ["a table that is not there", "-- table: level\nSELECT 1", 'checks/rule.sql:1 Unknown table "level"; the tables are: rivers, levels'],
    ["no message", "-- table: rivers\nSELECT id FROM rivers", 'checks/rule.sql:0 Its result has no column "message"'],
    [
      "an empty message",
      "-- table: rivers\nSELECT id, '' AS message FROM rivers",
      "checks/rule.sql:0 Its result has a row without a message",
    ],
    [
      "no record",
      "-- table: rivers\nSELECT 'po' AS id, 'x' AS message",
      'checks/rule.sql:0 It returns "po", which is not a key of rivers: x',
    ],
    [
      "other values than keys, in each row",
      "-- table: levels\nSELECT gauge AS river, gauge, 'x' AS message FROM levels ORDER BY gauge",
      expect.stringMatching(/^checks.rule.sql:0 It returns .*, which is not a key of levels \(and \d more\): x$/),
    ],
    [
      "a column that is not there",
      "-- table: rivers\n-- Why.\nSELECT id, lable AS message FROM rivers",
      "checks/rule.sql:3 SQLite rejects this: no such column: lable",
    ],
  ])("fails when it names %s", async (_name, text, expected) => {
    expect(await problemsIn(await small({ "checks/rule.sql": text }))).toEqual([expected]);
  });

  it("that reports all records of a table is one problem, at the first", async () => {
    const levels = Array.from({ length: 12 }, (_, gauge) => ({ river: "rhine", gauge, metres: 1 }));
    const files = (where: string) => ({
      "levels.json": levels,
      ...levelsCheck(`SELECT river, gauge, 'Too low.' AS message FROM levels WHERE ${where}`),
    });
    expect(await problemsIn(await small(files("metres < 2")))).toEqual(["levels.json:3 Too low. (in all 12 records)"]);
    expect(await problemsIn(await small(files("gauge > 0")))).toHaveLength(11);
    const select = (columns: string) => ({ "levels.json": levels, ...levelsCheck(`SELECT ${columns} FROM levels`) });
    const messages = "river, gauge, CASE gauge WHEN 3 THEN 'Too low.' ELSE 'No source.' END AS message";
    expect(await problemsIn(await small(select(messages)))).toHaveLength(12);
    expect(await problemsIn(await small(select("river, gauge * 2 AS gauge, 'Too low.' AS message")))).toEqual([
      expect.stringMatching(/^checks.*:0 It returns .*12.*, which is not a key of levels \(and 5 more\): Too low\.$/),
    ]);
  });

  it("counts the records that it reports beyond those that are listed", async () => {
    const gauges = Array.from({ length: 151 }, (_, gauge) => ({ river: "rhine", gauge, metres: 1 }));
    const select = "SELECT river, gauge, 'Wrong ' || gauge AS message FROM levels WHERE gauge > 0";
    const folder = await small({ "levels.json": gauges, ...levelsCheck(select) });
    const { problems, problemCount } = await checkDataset(folderSource(folder), RUNTIME);
    expect([problems.length, problemCount]).toEqual([101, 150]);
    expect(problems.map(({ message }) => message)).toContain("It reports 150 records; only the first 100 are listed");
  });

  it("fails when the tables that it names are too large, with that message", async () => {
    const gauges = Array.from({ length: MAX_CHECK_ROWS + 1 }, (_, gauge) => ({ river: "rhine", gauge, metres: 1 }));
    const files = {
      "levels.json": JSON.stringify(gauges),
      ...levelsCheck("SELECT river, gauge, 'x' AS message FROM levels WHERE metres < 0"),
    };
    expect(await problemsIn(await small(files))).toEqual([
      `checks/rule.sql:0 The SQL of checks/ and views/ names tables with more than ${MAX_CHECK_ROWS} rows`,
    ]);
    // A large table that no check names costs nothing.
    expect(
      await problemsIn(
        await small({ ...files, "checks/rule.sql": "-- table: rivers\nSELECT id, 'x' AS message FROM rivers WHERE id = ''" }),
      ),
    ).toEqual([]);
  });
});

describe("publishing", () => {
  it("skips a commit that fails a check, and continues with the one that fixes it", async () => {
    const { folder, commit } = await repository();
    const data = join(folder, "data/small");
    const rule = levelsCheck("SELECT river, gauge, 'Below the bed of the river' AS message FROM levels WHERE metres < 0");
    await write(data, { ...smallDataset("1.0.0"), ...rule });
    await commit("one", "2024-01-01T00:00:00Z");
    await write(data, {
      "levels.json": [
        { river: "rhine", gauge: 1, metres: -1 },
        { river: "elbe", gauge: 1, metres: 3 },
      ],
    });
    await commit("two", "2024-01-02T00:00:00Z");
    const bad = await factpress(folder, "publish", "--store", "store", "--every-commit");
    expect(bad.out).toContain("small 1.0.0  first release");
    expect(bad.out).toMatch(/the tip of the branch is refused[\s\S]*\n {2}- levels\.json:3: Below the bed of the river/);
    await write(data, {
      "levels.json": [
        { river: "rhine", gauge: 1, metres: 1 },
        { river: "elbe", gauge: 1, metres: 3 },
      ],
    });
    await commit("three", "2024-01-03T00:00:00Z");
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("small 1.0.1");
  });

  it("makes the same release with and without checks, and none if only a check is added", async () => {
    const { folder, commit } = await repository();
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    await commit("one", "2024-01-01T00:00:00Z");
    await factpress(folder, "build", "--out", "without");
    await write(join(folder, "data/small"), levelsCheck("SELECT river, gauge, 'x' AS message FROM levels WHERE metres < 0"));
    await factpress(folder, "build", "--out", "with");
    expect(await tree(join(folder, "with/small"))).toEqual(await tree(join(folder, "without/small")));
    await factpress(folder, "publish", "--store", "store");
    await commit("two", "2024-01-02T00:00:00Z");
    expect((await factpress(folder, "publish", "--store", "store")).out).toContain("nothing new: 1.0.0 is the newest");
  });
});
