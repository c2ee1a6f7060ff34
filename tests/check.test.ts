import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { rm, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { folderSource } from "../lib/adapters/folder/folder-source.ts";
import { checkDataset } from "../lib/check/check-dataset.ts";
import { RUNTIME } from "./runtime.ts";
import { factpress, factpressProcess, PROGRAM, ROOT, repository, SMALL_SCHEMA, scratch, smallDataset, write } from "./scratch.ts";
import { makeSocket } from "./special-file.ts";

async function problemsOf(files: Record<string, unknown>): Promise<string[]> {
  const folder = await scratch();
  await write(folder, { ...smallDataset(), ...files });
  const { problems } = await checkDataset(folderSource(folder), RUNTIME);
  return problems.map(({ file, line, column, message, remedy }) => `${file}:${line}:${column} ${message}${remedy ? ` | ${remedy}` : ""}`);
}

const levels = (text: string): Promise<string[]> => problemsOf({ "levels.json": `[\n${text}\n]\n` });
interface SchemaOf {
  root: object;
  table: object;
  record: object;
  note: object;
}
const GOOD = '{"river": "rhine", "gauge": 1, "metres": 1}';

describe("factpress check", () => {
  it("finds no problems in a valid dataset", async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  // tests/mistakes has one folder per message. These tests need several records, or a key of two columns.
  it.each<[string, string, string[]]>([
    [
      "the same missing reference at many places",
      '{"river": "po", "gauge": 1, "metres": 1},\n{"river": "po", "gauge": 2, "metres": 1}',
      ['levels.json:2:11 There is no "po" in rivers (also at 1 more place) | Add it to rivers, or correct the key.'],
    ],
    [
      "a key of two columns used twice",
      `${GOOD},\n${GOOD}`,
      [
        'levels.json:3:11 Duplicate river "rhine" with gauge 1: the record at levels.json:2 has it | Give this record values of its own, or merge the two.',
      ],
    ],
    [
      "a merge conflict around two records, once",
      `<<<<<<< HEAD\n${GOOD},\n{"river": "po", "gauge": 1, "metres": 1},\n=======\n${GOOD},\n>>>>>>> x\n${GOOD}`,
      [
        "levels.json:2:1 Unresolved merge conflict | Keep one version of a record, or both if both are new, with }, { between them. Then delete the lines with <<<<<<<, ======= and >>>>>>>.",
      ],
    ],
    [
      "a missing } once, though the list seems to go on",
      '{"river": "rhine", "gauge": 1, "metres": 1\n',
      ["levels.json:4:1 Missing closing } before this ] | Close the { on line 2."],
    ],
  ])("names place and remedy of %s", async (_name, text, expected) => {
    expect(await levels(text)).toEqual(expected);
  });

  it("does not report references to a record whose key has a problem", async () => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as { properties: { rivers: { items: { properties: { id: object } } } } };
    Object.assign(schema.properties.rivers.items.properties.id, { pattern: "^[a-z]+$" });
    const rivers = [{ id: "Rhine", label: "Rhine" }, { label: "Elbe" }];
    const found = await problemsOf({ "schema.json": schema, "rivers.json": rivers });
    expect(found).toEqual([
      'rivers.json:3:11 "Rhine" is not in the expected format | Write "rhine".',
      'rivers.json:6:3 Missing column "id" | Add "id".',
    ]);
  });

  it("accepts unusual spellings of numbers that are stored exactly", async () => {
    expect(await levels('{"river": "rhine", "gauge": 1e0, "metres": 1.50}')).toEqual([]);
  });

  it.each([
    [0.01, "19.99", true],
    [0.1, "0.3", true],
    [0.01, "1234567890123.45", true],
    [1e-7, "0.3", true],
    [0.5, "1e300", true],
    [3, "1e300", false],
    [0.01, "19.995", false],
    [0.1, "-0.35", false],
  ])("decides multiples of %d by the number as written: %s", async (multipleOf, metres, isGood) => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as { properties: { levels: { items: { properties: { metres: object } } } } };
    Object.assign(schema.properties.levels.items.properties.metres, { multipleOf });
    const found = await problemsOf({ "schema.json": schema, "levels.json": `[{"river": "rhine", "gauge": 1, "metres": ${metres}}]` });
    expect(found.map((line) => line.replace(/^\S+ /, ""))).toEqual(
      isGood ? [] : [`Not a multiple of ${multipleOf}: ${JSON.stringify(Number(metres))} | Correct the number.`],
    );
  });

  it.each([
    ['"1"', "Did you mean 1, without quotes?"],
    ['"true"', "Did you mean true, without quotes?"],
    ['"A"', 'Write "a".'],
    ['"b"', "Write one of them."],
  ])("infers which of several types was intended by %s", async (state, remedy) => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as { properties: { levels: { items: { properties: { state: object } } } } };
    schema.properties.levels.items.properties.state = { enum: ["a", 1, null, true] };
    const found = await problemsOf({
      "schema.json": schema,
      "levels.json": `[{"river": "rhine", "gauge": 1, "metres": 1, "state": ${state}}]`,
    });
    expect(found.map((line) => line.split(" | ")[1])).toEqual([remedy]);
  });

  it.each([
    ["^[A-Z]{2}$", "Write 2 capital letters."],
    ["^[A-Z]{2}-\\d{1,3}$", 'Write 2 capital letters, then "-", then 1 to 3 digits.'],
    ["^Q[0-9]+$", 'Write "Q", then one or more digits.'],
    ["^no\\.[a-z0-9_-]?$", 'Write "no.", then at most one small letter, digit, _ or -.'],
    ["^(a|b)+$", "It must match ^(a|b)+$."],
    ["^[a-f]{2}$", "It must match ^[a-f]{2}$."],
  ])("describes what %s allows", async (pattern, remedy) => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as { properties: { levels: { items: { properties: { note: object } } } } };
    Object.assign(schema.properties.levels.items.properties.note, { pattern });
    const found = await problemsOf({
      "schema.json": schema,
      "levels.json": '[{"river": "rhine", "gauge": 1, "metres": 1, "note": "#"}]',
    });
    expect(found.map((line) => line.split(" | ")[1])).toEqual([remedy]);
  });

  const LONG = "1".repeat(1_000_001);
  it.each([
    ["a number", `{"river": "rhine", "gauge": 1, "metres": ${LONG}}`],
    ["a number in quotes", `{"river": "rhine", "gauge": 1, "metres": "${LONG}"}`],
    ["a number without a form", `{"river": "rhine", "gauge": 1, "metres": +${LONG}}`],
    ["a name", `{"river": "rhine", "gauge": 1, "metres": 1, "${LONG}": 1}`],
    ["a name that stands twice", `{"river": "rhine", "gauge": 1, "metres": 1, "${LONG}": 1, "${LONG}": 1}`],
    ["a word", `{"river": "rhine", "gauge": 1, "metres": 1, "note": x${LONG}}`],
    ["a reference", `{"river": "${LONG}", "gauge": 1, "metres": 1}`],
    ["a day", `{"river": "rhine", "gauge": 1, "metres": 1, "day": "${LONG}"}`],
    ["a text in place of a list", `{"river": "rhine", "gauge": 1, "metres": 1, "seen": "${LONG}"}`],
    ["a list in place of a text", `{"river": "rhine", "gauge": 1, "metres": 1, "note": ["${LONG}"]}`],
  ])("shows the start of %s of a megabyte", async (_what, record) => {
    const found = await levels(record);
    expect(found.length).toBeGreaterThan(0);
    for (const line of found) expect(line.length).toBeLessThan(600);
  });

  it("finds all problems in one run, in the order of files and lines", async () => {
    const found = await problemsOf({
      "levels.json": `[\n{"river": "rhine", "gauge": 2},\n${GOOD.replace("1}", '"x"}')}\n]`,
      "rivers.json": '[{"id": "rhine", "label": ""}]',
    });
    expect(found.map((line) => line.split(" ")[0])).toEqual(["levels.json:2:1", "levels.json:3:42", "rivers.json:1:27"]);
  });

  it("does not report references into a table that cannot be read", async () => {
    expect(await problemsOf({ "rivers.json": '[{"id": "rhine" "label": "Rhine"}]' })).toHaveLength(1);
  });

  it("names bytes that are not UTF-8", async () => {
    expect(
      await problemsOf({ "rivers.json": Buffer.from('[\n{"id": "rhine", "label": "R\xfcne"},{"id":"elbe","label":"E"}]', "latin1") }),
    ).toEqual(["rivers.json:2:28 This is not UTF-8 | Save the file as UTF-8."]);
  });

  it("names a file beside the datasets, and a file in UTF-16", async () => {
    const folder = await scratch();
    await write(folder, { "data/stray.json": [], "data/small/dataset.json": {} });
    expect(await factpress(folder, "check")).toEqual({ code: 2, out: expect.stringContaining("data/stray.json belongs to no dataset") });
    expect(await problemsOf({ "rivers.json": Buffer.from("\ufeff[]", "utf16le") })).toContain(
      "rivers.json:1:1 The file is not UTF-8 | Save it as UTF-8 without BOM.",
    );
  });

  it("reports a table that is not in the schema, with a suggestion", async () => {
    expect(await problemsOf({ "levles.json": [] })).toEqual([
      'levles.json:0:0 Unknown table "levles"; the tables are: rivers, levels | Did you mean "levels"? Move its records into levels.json, or the file out of the dataset.',
    ]);
  });

  it.each([
    ["large and small letters", "Rhine.json", "rhine.json"],
    ["the way accents are written", "m\u00fcnchen.json", "mu\u0308nchen.json"],
  ])("reports files that are the same if file systems ignore %s", async (_what, one, other) => {
    const folder = await scratch();
    const { "levels.json": levels, ...files } = smallDataset();
    await write(folder, { ...files, [`levels/${one}`]: levels, [`levels/${other}`]: [] });
    const { problems } = await checkDataset(folderSource(folder), RUNTIME);
    const [first, second] = [`levels/${one}`, `levels/${other}`].sort();
    expect(problems).toEqual([
      expect.objectContaining({ file: second, message: expect.stringContaining(`The name differs from ${first} only by case`) }),
    ]);
  });

  it("reports a copy of a table whose name differs by case once", async () => {
    const levels = smallDataset()["levels.json"] as string;
    expect(await problemsOf({ "Levels.json": levels })).toEqual([
      "levels.json:0:0 The name differs from Levels.json only by case or by how accents are encoded | Rename one: on macOS and Windows, a clone loses one of the two.",
    ]);
  });

  it("refuses by name what a stream cannot keep", async () => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as { properties: { levels: Record<string, unknown> } };
    schema.properties.levels["uniqueItems"] = true;
    expect(await problemsOf({ "schema.json": schema })).toEqual([
      'schema.json:75:7 "uniqueItems" is not supported on the table "levels", because tables are read as streams | Move it to the records (under items), or remove it.',
    ]);
  });

  it.each<[string, (root: SchemaOf) => void, string[]]>([
    ["pattern", ({ note }) => Object.assign(note, { patern: "^a" }), ['72:13 Unknown keyword "patern"', 'Did you mean "pattern"?']],
    ["maxLength", ({ note }) => Object.assign(note, { maxLenght: 5 }), ['72:13 Unknown keyword "maxLenght"', 'Did you mean "maxLength"?']],
    ["enum", ({ note }) => Object.assign(note, { enums: ["a"] }), ['72:13 Unknown keyword "enums"', 'Did you mean "enum"?']],
    ["minimum", ({ note }) => Object.assign(note, { minimun: 5 }), ['72:13 Unknown keyword "minimun"', 'Did you mean "minimum"?']],
    [
      "references",
      ({ note }) => Object.assign(note, { reference: "rivers" }),
      ['Unknown keyword "reference"', 'Did you mean "references"?'],
    ],
    [
      "additionalProperties",
      ({ table }) => Object.assign(table, { additionalProperty: false }),
      ['75:7 Unknown keyword "additionalProperty"', 'Did you mean "additionalProperties"?'],
    ],
    [
      "an unknown keyword",
      ({ note }) => Object.assign(note, { colour: "red" }),
      ['Unknown keyword "colour"', 'start the name of a keyword of your own with "x-"'],
    ],
    ["a word of an earlier draft", ({ root }) => Object.assign(root, { definitions: {} }), ['Did you mean "$defs"?']],
    ["required", ({ record }) => Object.assign(record, { requird: ["river"], required: undefined }), ['Did you mean "required"?']],
    [
      "a required column that there is not",
      ({ record }) => Object.assign(record, { required: ["river", "gauge", "meters"] }),
      ['"meters" is required, but is not in properties | Did you mean "metres"?'],
    ],
    ["a type", ({ note }) => Object.assign(note, { type: "int" }), ['71:21 "int" is not one of:', 'Did you mean "integer"?']],
    [
      "a definition that is not there",
      ({ root, note }) => {
        Object.assign(root, { $defs: { colour: { type: "string" } } });
        Object.assign(note, { $ref: "#/$defs/color" });
      },
      ['"$ref" points to nothing: "#/$defs/color"', 'Did you mean "#/$defs/colour"?'],
    ],
    ["a list", ({ record }) => Object.assign(record, { required: "river" }), ['Expected a list [ … ], found the text "river"']],
    [
      "a key",
      ({ table }) => Object.assign(table, { primaryKey: ["rivr"] }),
      ['names "rivr", which is not a column | Did you mean "river"?'],
    ],
    [
      "a key that may be missing",
      ({ table }) => Object.assign(table, { primaryKey: ["note"] }),
      ['names "note", which is not required | Add "note" to "required": every record needs a key.'],
    ],
  ])("names a mistake in schema.json, its place and a suggestion: %s", async (_what, change, says) => {
    const root = structuredClone(SMALL_SCHEMA) as unknown as { properties: { levels: { items: { properties: { note: object } } } } };
    const table = root.properties.levels;
    change({ root, table, record: table.items, note: table.items.properties.note });
    const found = await problemsOf({ "schema.json": root });
    expect(found).toHaveLength(1);
    for (const text of says) expect(found[0]).toContain(text);
    expect(found[0]).toMatch(/^schema\.json:[1-9]/);
  });

  it("accepts custom keywords", async () => {
    const root = structuredClone(SMALL_SCHEMA) as unknown as Record<string, Record<string, object>>;
    Object.assign(root, { "x-made-by": "us" });
    Object.assign(root["properties"]?.["levels"] as object, { "x-unit": "m" });
    expect(await problemsOf({ "schema.json": root })).toEqual([]);
  });

  it.each([
    ["a link", (path: string) => symlink("/etc/passwd", path)],
    ["a socket", makeSocket],
  ] as const)("refuses %s in the folder instead of reading it", async (_name, make) => {
    const folder = await scratch();
    await write(folder, smallDataset());
    await make(join(folder, "rivers2.json"));
    const { code, out } = await factpress(folder, "check", ".");
    expect(out).toContain(
      "rivers2.json\n  rivers2.json is not a regular file (a link, a pipe or a device)\n  Put a file with the records in its place, or move it out of the folder.",
    );
    expect(code).toBe(1);
  });
});

describe("exit codes", () => {
  it("are 0 for good data, 1 for problems, 2 for wrong usage", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), smallDataset());
    expect((await factpressProcess(folder, "check")).code).toBe(0);
    expect(await factpressProcess(folder, "check", "smal")).toEqual({
      code: 2,
      out: expect.stringContaining("In data/ there are: small."),
    });
    expect((await factpressProcess(folder, "chekc")).code).toBe(2);
    expect((await factpressProcess(folder, "build")).code).toBe(2);
    await write(join(folder, "data/small"), { "levels.json": "[{}]" });
    const broken = await factpressProcess(folder, "check");
    expect(broken.code).toBe(1);
    expect(broken.out).toContain("data/small/levels.json:1:2");
    expect(broken.out).toContain("3 problems in data/small");
  });

  it.each([["check"], ["build", "--out", "built"]])("are the same if nothing reads the output of %s", async (...args) => {
    const folder = await scratch();
    await write(join(folder, "data/small"), { ...smallDataset(), "levels.json": "{}" });
    const child = spawn(process.execPath, [PROGRAM, ...args], { cwd: folder });
    let said = "";
    child.stdout.destroy();
    child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    expect([(await once(child, "close"))[0], said]).toEqual([1, ""]);
  });

  it("prints problems for programs with --format json", async () => {
    const folder = await scratch();
    await write(join(folder, "data/small"), { ...smallDataset(), "levels.json": "[{}]" });
    const { out } = await factpress(folder, "check", "--format", "json");
    expect(JSON.parse(out)).toMatchObject([
      { dataset: "data/small", problemCount: 3, problems: [{ file: "levels.json", line: 1, column: 2 }, {}, {}] },
    ]);
  });

  it("have no other keys in JSON than docs/commands.md lists", async () => {
    const documented = (block: string): string[] => {
      const text = readFileSync(join(ROOT, "docs/commands.md"), "utf8").split(`begin ${block} -->`)[1]?.split("<!-- end")[0] ?? "";
      return [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, key = ""]) => key);
    };
    const { folder, commit, git } = await repository();
    const named = (name: string) => ({ ...smallDataset("1.0.0"), "dataset.json": { ...(smallDataset()["dataset.json"] as object), name } });
    await write(join(folder, "data/small"), smallDataset("1.0.0"));
    for (const name of ["old", "other"]) await write(join(folder, "data", name), named(name));
    await commit("1", "2024-01-01T00:00:00Z");
    await git("checkout", "-q", "-b", "change");
    await rm(join(folder, "data/old"), { recursive: true });
    await write(join(folder, "data/small"), { "levels.json": '[{ "river": "po", "gauge": "x", "metre": 1 }]' });
    await write(join(folder, "data/other"), { "rivers.json": `${JSON.stringify(smallDataset()["rivers.json"])} ` });
    await write(join(folder, "data/new"), named("new"));
    const reports = JSON.parse((await factpress(folder, "check", "--format", "json")).out) as { problems?: object[] }[];
    expect(reports).toHaveLength(4);
    const keysOf = (objects: readonly object[]): string[] => [...new Set(objects.flatMap((one) => Object.keys(one)))];
    const [written, ofProblems] = [keysOf(reports), keysOf(reports.flatMap(({ problems = [] }) => problems))];
    expect(written.filter((key) => !documented("check report").includes(key))).toEqual([]);
    expect(written).toEqual(expect.arrayContaining(["change", "gone", "shape"]));
    expect(ofProblems.filter((key) => !documented("problem").includes(key))).toEqual([]);
    expect(ofProblems).toEqual(expect.arrayContaining(["field", "rule", "remedy"]));
    expect(documented("problem")).toContain("couldNotTell");
  });
});
