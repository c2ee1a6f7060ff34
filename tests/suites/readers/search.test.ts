import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual, promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { indexedWords } from "../../../lib/formats/sqlite/indexed-words.ts";
import { factpress, ROOT, write } from "../../scratch.ts";
import { NODE_24 } from "../optional.ts";
import { sqliteWords, unicode61Tables } from "./unicode61-tables.ts";

const run = promisify(execFile);
const TEXTS = [
  "The embassy in Zürich",
  "“Embassies” of 2020–2021",
  "北京 and ΑΘΗΝΑ",
  "السفارة",
  "none",
  "the the the the",
  "naïve ﬁrst 😀x",
];
const WORDS = [
  "zurich",
  "embass*",
  "2021",
  "北京",
  "αθηνα",
  "السفارة",
  '"the the"',
  "naive",
  "note: the",
  "w12*",
  "NEAR(the embassy, 3)",
  "absent",
];

const text = { type: "string" };
const note = { ...text, search: true };
const items = { type: "object", required: ["id"], properties: { id: text, note, tags: { type: "array", items: note } } };
const tableOf = (more: object = {}) => ({ type: "array", primaryKey: ["id"], items: { ...items, ...more } });

/** Enough words for many leaves, and lists of rows that begin in one and end in another. */
const notes = Array.from({ length: 6_000 }, (_, i) => ({
  id: `n${i}`,
  ...(i % 11 === 3 ? {} : { note: `${TEXTS[i % TEXTS.length]} w${i % 4_000} ${i === 5 ? "long ".repeat(9_000) : ""}` }),
  tags: i % 3 === 0 ? [] : ["river", `t${i % 50}`],
}));

/** What SQLite finds in the index of the file, and in one that it builds itself of the same rows. */
const COMPARE = `
import json, sqlite3, sys
base = sqlite3.connect(sys.argv[1])
assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
for table in ("notes", "empty"):
    base.execute(f"INSERT INTO {table}_fts ({table}_fts, rank) VALUES ('integrity-check', 1)")
base.execute("CREATE VIRTUAL TABLE own USING fts5(note, tags, content=notes)")
base.execute("INSERT INTO own (own) VALUES ('rebuild')")
found = {}
for word in json.loads(sys.argv[2]):
    for order in ("rowid", "rowid DESC", "rank, rowid"):
        of = lambda table: base.execute(f"SELECT rowid, rank FROM {table} WHERE {table} MATCH ? ORDER BY {order}", (word,)).fetchall()
        assert of("notes_fts") == of("own"), (word, order)
    found[word] = len(of("notes_fts"))
sizes = lambda table: base.execute(f"SELECT id, sz FROM {table}_docsize ORDER BY id").fetchall()
assert sizes("notes_fts") == sizes("own")
print(json.dumps(found))
`;

describe("full-text search of a database", () => {
  let folder: string;
  const build = (node: string, out: string) =>
    run(node, [join(ROOT, "bin/factpress.js"), "build", "--out", out], { cwd: folder, maxBuffer: 1 << 26 });
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "factpress-test-"));
    await write(folder, {
      "data/d/dataset.json": {
        ...{ name: "d", title: "D", description: "D.", licenses: [{ name: "CC0-1.0" }] },
        release: { version: "1.0.0", formats: ["csv", "ndjson", "sqlite"] },
      },
      "data/d/schema.json": { type: "object", properties: { notes: tableOf(), empty: tableOf() } },
      "data/d/notes.json": notes,
      "data/d/empty.json": [],
    });
    const { code, out } = await factpress(folder, "build", "--out", join(folder, "out"));
    expect(code, out).toBe(0);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("finds and ranks what an index finds that SQLite builds, and passes its check", async () => {
    const copy = join(folder, "copy.sqlite");
    await run("cp", [join(folder, "out/d/d.sqlite"), copy]);
    const { stdout } = await run("python3", ["-c", COMPARE, copy, JSON.stringify(WORDS)]);
    const found = JSON.parse(stdout) as Record<string, number>;
    expect(Object.keys(found).filter((word) => found[word] === 0)).toEqual(["absent"]);
  });

  it("is read by sqlite3 as docs/formats.md shows", async () => {
    const sql =
      "SELECT notes.id FROM notes_fts JOIN notes ON notes.rowid = notes_fts.rowid WHERE notes_fts MATCH 'zurich' ORDER BY rank LIMIT 2";
    const { stdout } = await run("sqlite3", ["-readonly", join(folder, "out/d/d.sqlite"), sql]);
    expect(stdout).toMatch(/^n\d+\nn\d+\n$/);
  });

  it("has the same bytes in Node 24", async () => {
    await build(NODE_24, join(folder, "out-24"));
    const [a, b] = await Promise.all(["out", "out-24"].map((out) => readFile(join(folder, out, "d/d.sqlite"))));
    expect((a as Buffer).equals(b as Buffer)).toBe(true);
  });
});

describe("words of full-text search", () => {
  const words = sqliteWords();

  it("come from the tables of SQLite", async () => {
    const file = join(ROOT, "lib/formats/sqlite/unicode61.generated.ts");
    const text = unicode61Tables(words);
    if (process.env["FACTPRESS_WRITE"]) await writeFile(file, text);
    expect(await readFile(file, "utf8")).toBe(text);
  });

  it("are those that SQLite finds, for every character", () => {
    const wrong = [...words].filter(([point, found]) => {
      const character = String.fromCodePoint(point);
      return !isDeepStrictEqual(indexedWords(`${character} q${character}q`), found);
    });
    expect(wrong.map(([point]) => point.toString(16))).toEqual([]);
  });
});
