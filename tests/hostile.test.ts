import { execFile } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { sqlThread } from "../lib/adapters/threads/sql-thread.ts";
import { checkDataset } from "../lib/check/check-dataset.ts";
import { openDataset } from "../lib/dataset/dataset.ts";
import { sqlTables } from "../lib/formats/sql-tables.ts";
import type { Source } from "../lib/ports/ports.ts";
import { SqlError } from "../lib/ports/sql-error.ts";
import type { Schema } from "../lib/schema/schema.ts";
import { planTable } from "../lib/schema/table-plan.ts";
import { checkHere } from "./check-here.ts";
import { ROWS } from "./hostile-rows.ts";
import { RUNTIME } from "./runtime.ts";
import { factpress, PROGRAM, repository, scratch, smallDataset, tree, write } from "./scratch.ts";
import { shareOf } from "./share-of.ts";
import { makeSocket } from "./special-file.ts";

// No other process has temporary files beside those of this file.
const before = process.env["TMPDIR"];
const temporary = await mkdtemp(join(tmpdir(), "hostile-"));
process.env["TMPDIR"] = temporary;
afterAll(async () => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
  await rm(temporary, { recursive: true, force: true });
});

interface Ended {
  code: number;
  out: string;
}

/** `factpress check` with a limit of time and of memory. */
function check(folder: string, heapMB = 512): Promise<Ended> {
  return new Promise((done) => {
    execFile(
      process.execPath,
      [PROGRAM, "check", "."],
      {
        cwd: folder,
        timeout: 60_000,
        killSignal: "SIGKILL",
        maxBuffer: 1 << 26,
        env: { ...process.env, NO_COLOR: "1", FACTPRESS_MEMORY: String(heapMB) },
      },
      (error, stdout, stderr) => done({ code: error ? Number(error.code ?? -1) : 0, out: stdout + stderr }),
    );
  });
}

async function small(files: Record<string, unknown>): Promise<string> {
  const folder = join(await scratch(), "small");
  await write(folder, { ...smallDataset("1.0.0"), ...files });
  return folder;
}

/** Each row in a process of its own, with limits of time and memory: in the suite "fuzz". */
const IN_PROCESSES = process.env["FACTPRESS_HOSTILE_PROCESSES"] === "1";
/** Just above the limits here, far above them in the suite "fuzz". */
const FILES = Number(process.env["FACTPRESS_HOSTILE_FILES"] ?? 20_001);
const PROBLEMS = IN_PROCESSES ? 100_000 : 5_000;
const TEXT_MB = Number(process.env["FACTPRESS_HOSTILE_MB"] ?? 40);

describe("untrusted input ends with a message, or without one", () => {
  // Limits that are reached only after half a minute have a separate test (unit/adapters/threads/sql-thread.test.ts).
  it.each(IN_PROCESSES ? shareOf(ROWS) : ROWS.filter(({ name }) => name !== "a check that never ends"))(
    "$name",
    async ({ files, says }) => {
      const folder = join(await scratch(), "small");
      await write(folder, { ...smallDataset("1.0.0"), ...files });
      const before = await tree(folder);
      const { code, out } = await (IN_PROCESSES ? check(folder) : checkHere(folder, { asked: "." }));
      expect(out).not.toMatch(/\n\s+at |RangeError|TypeError|heap|\[object /);
      expect([code, out]).toEqual(says ? [1, expect.stringMatching(says)] : [0, expect.stringContaining("no problems")]);
      expect(await tree(folder)).toEqual(before);
    },
    120_000,
  );

  it.each<[string, (folder: string) => Promise<void>, RegExp]>([
    ["a socket", (folder) => makeSocket(join(folder, "levels2.json")), /not a regular file/],
    ["a device", (folder) => symlink("/dev/zero", join(folder, "levels2.json")), /not a regular file/],
    ["a link that leads to itself", (folder) => symlink("loop", join(folder, "loop")), /not a regular file/],
    ["a link to a folder above", (folder) => symlink("..", join(folder, "up")), /not a regular file/],
    [
      `${FILES} empty files`,
      async (folder) => {
        await mkdir(join(folder, "more"));
        for (let i = 0; i < FILES; i += 1) closeSync(openSync(join(folder, "more", `${i}.json`), "w"));
      },
      /Too many files in .* \(maximum 20000\)/,
    ],
    [
      `a text of ${TEXT_MB} MB`,
      (folder) => writeFile(join(folder, "levels.json"), `[{"river": "rhine", "note": "${"x".repeat(TEXT_MB * 1_000_000)}"}]`),
      /longer than 16 MiB/,
    ],
    ["a list that is never closed", (folder) => writeFile(join(folder, "levels.json"), `[${"{".repeat(1000)}`), /Nested too deeply/],
    ["folders in folders", async (folder) => void (await mkdir(join(folder, "a/".repeat(20)), { recursive: true })), /nested deeper/],
  ])(
    "%s in the folder",
    async (_name, make, says) => {
      const folder = await small({});
      await make(folder);
      const { code, out } = await check(folder);
      expect([code, out]).toEqual([1, expect.stringMatching(says)]);
      expect(out).not.toMatch(/\n\s+at /);
    },
    120_000,
  );

  it(`the first hundred of ${PROBLEMS} problems and a count are printed, in little memory`, async () => {
    // In half of the records: what most have is one problem.
    const levels = Array.from({ length: 2 * PROBLEMS }, (_, i) => ({ river: "rhine", gauge: i, metres: i % 2 === 0 ? 1 : "x" }));
    const folder = await small({ "levels.json": levels });
    const { code, out } = await check(folder, 200);
    expect(code).toBe(1);
    expect(out.match(/Expected a number/g)).toHaveLength(100);
    expect(out).toContain(`${PROBLEMS} problems in .; the first 100 are shown`);
  });
});

it("a plan is limited like a schema, even if the schema was not checked before", () => {
  const double = (i: number): object => ({ type: "object", properties: { a: { $ref: `#/$defs/d${i}` }, b: { $ref: `#/$defs/d${i}` } } });
  // Without a limit, 2^60 values: that never ends.
  const $defs = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`d${i}`, i === 0 ? { type: "string" } : double(i - 1)]));
  expect(() => planTable("levels", { $defs, properties: { levels: { type: "array", items: double(59) } } } as Schema)).toThrow(
    "20000 values",
  );
});

it("names of files and folders cannot move the cursor or forge a line", async () => {
  const { folder, commit } = await repository();
  const name = "e\u001b[31mvil\nremote: all is well";
  await write(join(folder, "data", name), { ...smallDataset("1.0.0"), "rivers/a\n\u001b[31mRED.json": "[]" });
  await commit("1", "2024-01-01T00:00:00Z");
  const place = await scratch();
  expect(await factpress(place, "remote", "hub.git", "--branch", "main")).toMatchObject({ code: 0 });
  const pushed = await new Promise<string>((done) => {
    execFile("git", ["push", join(place, "hub.git"), "HEAD:refs/heads/side"], { cwd: folder }, (_, stdout, stderr) =>
      done(stdout + stderr),
    );
  });
  const checked = (await factpress(folder, "check")).out;
  const fixed = (await factpress(folder, "check", "--fix")).out;
  for (const text of [checked, fixed, pushed]) {
    expect(text).not.toMatch(/^(remote: )?(remote: all is well|RED)/m);
    expect(text.replaceAll("\u001b[K", "")).not.toContain("\u001b");
  }
  for (const text of [checked, pushed]) expect(text).toContain("e\\u001b[31mvil\\u000aremote: all is well");
  for (const text of [checked, fixed]) expect(text).toMatch(/a(\\u000a|\\n)\\u001b\[31mRED\.json/);
});

/** Runs of each property. */
const RUNS = Number(process.env["FACTPRESS_FUZZ"] ?? 60);

describe("fuzzing: check never throws", () => {
  const run = async (files: Record<string, Uint8Array>): Promise<void> => {
    const source: Source = {
      list: async () => Object.entries(files).map(([path, bytes]) => ({ path, bytes: bytes.length })),
      async *read(path) {
        yield files[path] as Uint8Array;
      },
    };
    const { problems, problemCount } = await checkDataset(source, RUNTIME, { folder: "small" });
    expect(problemCount).toBeGreaterThanOrEqual(problems.length);
    for (const { message, line } of problems) expect([typeof message, line >= 0]).toEqual(["string", true]);
  };
  const base = Object.fromEntries(Object.entries(smallDataset("1.0.0")).map(([name, value]) => [name, Buffer.from(JSON.stringify(value))]));
  const name = fc.constantFrom("levels.json", "rivers.json", "schema.json", "dataset.json");

  it(
    "bytes",
    () =>
      fc.assert(
        fc.asyncProperty(name, fc.uint8Array({ maxLength: 200 }), (file, bytes) => run({ ...base, [file]: bytes })),
        { numRuns: RUNS },
      ),
    120_000,
  );

  it(
    "valid files with bytes changed, removed and inserted",
    () =>
      fc.assert(
        fc.asyncProperty(
          name,
          fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom("set", "cut", "put")), { minLength: 1, maxLength: 6 }),
          (file, edits) => {
            let bytes = Buffer.from(base[file] as Uint8Array);
            for (const [at, byte, how] of edits) {
              const i = at % (bytes.length + 1);
              bytes = Buffer.concat([
                bytes.subarray(0, i),
                how === "cut" ? Buffer.alloc(0) : Buffer.from([byte]),
                bytes.subarray(how === "put" ? i : i + 1),
              ]);
            }
            return run({ ...base, [file]: bytes });
          },
        ),
        { numRuns: RUNS * 3 },
      ),
    120_000,
  );

  it(
    "any JSON in place of any file",
    () =>
      fc.assert(
        fc.asyncProperty(name, fc.json({ maxDepth: 5 }), (file, text) => run({ ...base, [file]: Buffer.from(text) })),
        { numRuns: RUNS },
      ),
    120_000,
  );

  it("schemas made of JSON Schema keywords", () => {
    const words = [
      "type",
      "properties",
      "items",
      "required",
      "enum",
      "const",
      "pattern",
      "format",
      "$ref",
      "$defs",
      "allOf",
      "anyOf",
      "if",
      "then",
      "not",
      "additionalProperties",
      "minLength",
      "maximum",
      "uniqueItems",
      "contains",
      "primaryKey",
      "references",
      "display",
      "role",
      "title",
      "examples",
      "patternProperties",
      "dependentRequired",
    ];
    const { schema } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom<unknown>(
          "string",
          "integer",
          "array",
          "object",
          "#/$defs/a",
          "#",
          "^a+$",
          "edtf",
          "levels",
          true,
          null,
          3,
          ["string"],
          ["id"],
          "x",
        ),
        tie("schema"),
        fc.array(tie("schema"), { maxLength: 2 }),
      ),
      schema: fc.dictionary(fc.constantFrom(...words, "id", "a"), tie("value"), { maxKeys: 4 }),
    }));
    return fc.assert(
      fc.asyncProperty(schema, fc.boolean(), (part, asRecord) => {
        const root = structuredClone(smallDataset()["schema.json"]) as {
          properties: { levels: { items: { properties: Record<string, unknown> } } };
        };
        if (asRecord) Object.assign(root.properties.levels.items, part);
        else root.properties.levels.items.properties["note"] = part;
        return run({ ...base, "schema.json": Buffer.from(JSON.stringify(root)) });
      }),
      { numRuns: RUNS * 2 },
    );
  });

  it("SQL is answered or rejected, and changes nothing", async () => {
    const tables = openDataset(Object.keys(base), new Map(Object.entries(base))).dataset?.plans.flatMap(sqlTables) ?? [];
    const sql = sqlThread();
    try {
      await sql.create(tables);
      await sql.insert("rivers", [Buffer.from('[["rhine","Rhine"],["elbe","Elbe"]]')]);
      const words = fc.constantFrom(
        ..."SELECT FROM WHERE AS WITH UNION ALL GROUP BY ORDER LIMIT JOIN ON NOT IN EXISTS CASE WHEN THEN END NULL DELETE INSERT INTO VALUES".split(
          " ",
        ),
        ..."UPDATE SET PRAGMA ATTACH DROP TABLE BEGIN COMMIT VACUUM EXPLAIN REINDEX ANALYZE rivers id label message data main sqlite_master".split(
          " ",
        ),
        ..."( ) , . ; * + - || = < ' \" ` [ ] ? :a @a $a 0 1e999 x'00' 'x' -- /* */".split(" "),
        ..."random() date('now') zeroblob(9) hex(id) count(*) json(id) printf('%s',id) pragma_table_info('rivers') group_concat(id)".split(
          " ",
        ),
      );
      // Only texts that start with these words reach SQLite.
      const start = fc.constantFrom("SELECT", "WITH");
      const statement = fc.oneof(
        fc.tuple(start, fc.array(words, { maxLength: 25 })).map(([first, parts]) => [first, ...parts].join(" ")),
        fc.array(words, { maxLength: 8 }).map((parts) => `SELECT id, label AS message FROM rivers ${parts.join(" ")}`),
        fc.tuple(start, fc.string({ unit: "binary", maxLength: 100 })).map((parts) => parts.join(" ")),
      );
      await fc.assert(
        fc.asyncProperty(statement, async (text) => {
          await sql.select(text).catch((error: unknown) => expect(error).toBeInstanceOf(SqlError));
          expect((await sql.select("SELECT group_concat(id || label) FROM rivers")).rows).toEqual([["rhineRhine,elbeElbe"]]);
        }),
        { numRuns: RUNS * 10 },
      );
    } finally {
      await sql.close();
    }
  });
});

it("none of these leaves temporary files", async () => {
  expect((await readdir(tmpdir())).filter((name) => name.startsWith(".building-"))).toEqual([]);
});
