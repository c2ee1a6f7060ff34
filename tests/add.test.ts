import { spawn } from "node:child_process";
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type Finished, factpressAnswered, PROGRAM, ROOT, SMALL_SCHEMA, scratch, smallDataset, tree, write } from "./scratch.ts";

const typed = (lines: string[]): string => lines.map((line) => `${line}\n`).join("");

/** `factpress add` in this process, with one answer per line. `meanwhile` runs before the last answer is typed. */
function add(cwd: string, args: string[], answers: string[], meanwhile?: () => Promise<void>): Promise<Finished> {
  const stdin = new PassThrough();
  let later = meanwhile;
  if (later) stdin.write(typed(answers.slice(0, -1)));
  else stdin.end(typed(answers));
  return factpressAnswered(cwd, ["add", ...args], stdin, (out) => {
    if (!out.includes("Write it to")) return;
    void later?.().then(() => stdin.end(typed(answers.slice(-1))));
    later = undefined;
  });
}

/** The same in a separate process, which ends at the end of its input. */
function addInProcess(cwd: string, args: string[], answers: string[]): Promise<Finished> {
  const child = spawn(process.execPath, [PROGRAM, "add", ...args], { cwd, env: { ...process.env, NO_COLOR: "1" } });
  let out = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      out += chunk.toString();
    });
  child.stdin.end(typed(answers));
  return new Promise((done) => child.once("close", (code) => done({ code: code ?? -1, out })));
}

async function accords(): Promise<{ folder: string; data: string }> {
  const folder = await scratch();
  const data = join(folder, "data/abraham-accords");
  await cp(join(ROOT, "data/abraham-accords"), data, { recursive: true });
  return { folder, data };
}

async function small(files: Record<string, unknown> = {}): Promise<{ folder: string; data: string }> {
  const folder = await scratch();
  await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), ...files });
  return { folder, data: join(folder, "data/small") };
}

const SKIP = "";
const read = async (...path: string[]): Promise<unknown[]> => JSON.parse(await readFile(join(...path), "utf8")) as unknown[];

describe("factpress add", () => {
  it("asks for a statement with its sources, proposes a key, and writes it to the file of its subject", async () => {
    const { folder, data } = await accords();
    const before = await read(data, "facts/morocco.json");
    const files = await readdir(join(data, "facts"));
    const counts = await Promise.all(files.map(async (name) => (await read(data, "facts", name)).length));
    const count = counts.reduce((sum, length) => sum + length, 1);
    const answers = [
      ...["Morocco", "joindOn", "n", "joinedOn"],
      // The rule of the property asks for a date, and nothing else of the value.
      ...["2020-13", "2020-12-22", SKIP],
      ...["2020-12-22", SKIP, "point", "Abraham Accords", SKIP, SKIP, SKIP, SKIP],
      ...["states", "confirmd", "confirmed", "normal", "ma-joined-on", SKIP, "Says the same."],
      ...["mwn-2021-02-08", "signed in Rabat", "quote", SKIP],
      ...["y", "jpost-2020-12-10", "supports", "second paragraph", "n"],
      ...[SKIP, SKIP],
      ...[SKIP, SKIP],
    ];
    const { code, out } = await addInProcess(folder, ["facts"], answers);
    expect(out).toContain('There is no "joindOn" in properties. Did you mean "joinedOn"?');
    expect(out).toContain('"2020-13" is not a date');
    expect(out).toContain(
      '"confirmd" is not one of: confirmed, reported, expected, speculated, disputed, refuted. Did you mean "confirmed"?',
    );
    expect(out).toMatch(/Meaning of the date\n[\s\S]*This is required/);
    expect(out).toMatch(/Reason\n[\s\S]*This is required/);
    expect(out).toContain(`no problems: ${count} facts`);
    expect(out).toContain("git add -- data/abraham-accords/facts/morocco.json");
    expect(code).toBe(0);
    expect(await read(data, "facts/morocco.json")).toEqual([
      ...before,
      {
        id: "ma-joined-on-mwn-2021-02-08",
        subject: "country:MA",
        property: "joinedOn",
        value: { date: "2020-12-22" },
        date: "2020-12-22",
        dateRole: "point",
        agreement: "agreement:abraham-accords",
        assertion: "states",
        certainty: "confirmed",
        rank: "normal",
        conflict: "ma-joined-on",
        reason: "Says the same.",
        source: "mwn-2021-02-08",
        locator: "signed in Rabat",
        locatorType: "quote",
        corroboration: [{ source: "jpost-2020-12-10", kind: "supports", locator: "second paragraph" }],
      },
    ]);
  });

  it("proposes a key formed like those of similar records", async () => {
    const { folder, data } = await accords();
    const { code } = await add(folder, ["entities"], ["group", "Group of Five", SKIP, SKIP, SKIP, SKIP, SKIP, SKIP, SKIP]);
    expect(code).toBe(0);
    expect((await read(data, "entities.json")).at(-1)).toEqual({ id: "group:group-of-five", kind: "group", label: "Group of Five" });
  });

  it("creates a file for a new subject if the table is a folder", async () => {
    const { folder, data } = await small({ "levels/rhine.json": [{ river: "rhine", gauge: 1, metres: 2 }] });
    await rm(join(data, "levels.json"));
    const answers = ["elbe", "x", "1", "2.5", "2020", "high", "Ann", "Bob", SKIP, SKIP, SKIP];
    const { code, out } = await add(folder, ["levels"], answers);
    expect([code, out]).toEqual([0, expect.stringContaining("Write it to data/small/levels/elbe.json, a new file?")]);
    expect(out).toContain('Expected a whole number, found the text "x"');
    expect(await readFile(join(data, "levels/elbe.json"), "utf8")).toBe(
      `${JSON.stringify([{ river: "elbe", gauge: 1, metres: 2.5, day: "2020", state: "high", seen: ["Ann", "Bob"] }], null, 2)}\n`,
    );
  });

  it("asks again for a key that another record has", async () => {
    const { folder, data } = await small();
    const { code, out } = await add(folder, ["levels"], ["rhine", "1", "2", SKIP, SKIP, SKIP, SKIP, "rhine", "2", SKIP]);
    expect([code, out]).toEqual([0, expect.stringContaining('Another record of levels already has the key ["rhine",1]')]);
    expect((await read(data, "levels.json")).at(-1)).toEqual({ river: "rhine", gauge: 2, metres: 2 });
  });

  it("accepts a confirmed reference to a missing record, which check reports", async () => {
    const { folder } = await small();
    const { code, out } = await add(folder, ["levels"], ["po", "y", "1", "2", SKIP, SKIP, SKIP, SKIP, SKIP]);
    expect([code, out]).toEqual([1, expect.stringContaining('There is no "po" in rivers\n  Add it to rivers, or correct the key.')]);
  });

  it("reports the problems that a check of the dataset finds", async () => {
    const { folder } = await small({
      "checks/rule.sql": "-- table: rivers\nSELECT id, 'Too new' AS message FROM rivers WHERE label = 'Po'",
    });
    const { code, out } = await add(folder, ["rivers"], ["Po", SKIP, SKIP]);
    expect([code, out]).toEqual([1, expect.stringMatching(/rivers\.json:\d+:11 {2}id\n {2}Too new/)]);
  });

  it.each([
    ["the answers end", ["Po"], 2, "Input ended before the record was complete; nothing was written."],
    ["somebody says no", ["Po", SKIP, "n"], 0, "Nothing was written."],
  ])("changes nothing if %s", async (_name, answers, code, says) => {
    const { folder, data } = await small();
    const before = await tree(data);
    expect(await addInProcess(folder, ["rivers"], answers)).toEqual({ code, out: expect.stringContaining(says) });
    expect(await tree(data)).toEqual(before);
  });

  it("appends to a file that was changed during the questions", async () => {
    const { folder, data } = await small();
    const saved = [
      { id: "rhine", label: "Rhein" },
      { id: "elbe", label: "Elbe" },
    ];
    const { code } = await add(folder, ["rivers"], ["Po", SKIP, SKIP], () => write(data, { "rivers.json": saved }));
    expect([code, await read(data, "rivers.json")]).toEqual([0, [...saved, { id: "po", label: "Po" }]]);
  });

  it("writes nothing to a file that can no longer be read", async () => {
    const { folder, data } = await small();
    const { code, out } = await add(folder, ["rivers"], ["Po", SKIP, SKIP], () => write(data, { "rivers.json": "[{]" }));
    expect([code, out]).toEqual([1, expect.stringContaining("data/small/rivers.json was changed meanwhile. Nothing was written")]);
    expect(await readFile(join(data, "rivers.json"), "utf8")).toBe("[{]");
  });

  it.each([
    ["a table that is not there", {}, ["rivres"], 2, 'There is no table "rivres"; the tables are: rivers, levels. Did you mean "rivers"?'],
    [
      "a file that cannot be read",
      { "rivers.json": "[{]" },
      ["rivers"],
      1,
      "A file of rivers cannot be read. Correct it first: factpress check data/small",
    ],
    [
      "a file that is not UTF-8",
      { "rivers.json": Buffer.from('[{"id": "rhone", "label": "Rh\u00f4ne"}]', "latin1") },
      ["rivers"],
      1,
      "A file of rivers cannot be read. Correct it first: factpress check data/small",
    ],
    ["a schema that cannot be used", { "schema.json": "[]" }, ["rivers"], 1, "not an object"],
  ])("fails for %s", async (_name, files, args, code, says) => {
    const { folder } = await small(files);
    expect(await add(folder, args, [])).toEqual({ code, out: expect.stringContaining(says) });
  });

  it("answers one question after the other if all answers come at once", async () => {
    const { folder, data } = await small();
    const stdin = new PassThrough();
    const { code, out } = await factpressAnswered(folder, ["add", "rivers"], stdin, (printed) => {
      if (printed.includes("> ") && !stdin.writableEnded) stdin.end(typed(["Po", SKIP, SKIP]));
    });
    expect([code, out]).toEqual([0, expect.stringContaining("Write it to data/small/rivers.json")]);
    expect((await read(data, "rivers.json")).at(-1)).toEqual({ id: "po", label: "Po" });
  });

  it("asks for yes or no, and for text that the schema lists in another form", async () => {
    const schema = structuredClone(SMALL_SCHEMA) as unknown as {
      properties: { rivers: { items: { properties: Record<string, unknown> } } };
    };
    Object.assign(schema.properties.rivers.items.properties, {
      wet: { type: "boolean", title: "Wet" },
      order: { enum: [1, 2] },
    });
    const { folder, data } = await small({ "schema.json": schema });
    const { code, out } = await add(folder, ["rivers"], ["Po", "perhaps", "yes", "3", "2", SKIP, SKIP]);
    expect([code, out]).toEqual([0, expect.stringContaining("Wet")]);
    expect(out).toContain('Expected true or false, found the text "perhaps"');
    expect((await read(data, "rivers.json")).at(-1)).toEqual({ id: "po", label: "Po", wet: true, order: 2 });
  });
});
