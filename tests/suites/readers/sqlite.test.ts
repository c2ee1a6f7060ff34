import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { factpress, ROOT, scratch } from "../../scratch.ts";
import { findPythonWith } from "../optional.ts";

const run = promisify(execFile);

/** Compares every cell of a database with the CSV of its table, by the types of datapackage.json; prints what it counted. */
const COMPARE = `
import csv, json, re, sqlite3, sys
folder, name = sys.argv[1:]
package = json.load(open(f"{folder}/datapackage.json"))
base = sqlite3.connect(f"file:{folder}/{name}.sqlite?mode=ro", uri=True)
assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
assert base.execute("PRAGMA foreign_key_check").fetchall() == []
exact = lambda text: re.sub(r"(^|;)'", r"\\1", text)
def items(text):
    found = re.findall(r"((?:\\\\.|[^;\\\\])*);", text + ";", re.S)
    return [] if text == "[]" else [None if item == r"\\-" else re.sub(r"(?s)\\\\(.)", r"\\1", item) for item in found]
def plain(value):
    return None if value is None else "true" if value is True else "false" if value is False else str(value)
counts = {"tables": 0, "cells": 0, "numbers": 0, "lists": 0, "nulls": 0}
for resource in package["resources"]:
    if resource["format"] != "csv": continue
    table = resource["path"][:-4]
    counts["tables"] += 1
    rows = list(csv.reader(open(f"{folder}/{resource['path']}", newline="", encoding="utf-8")))
    found = base.execute(f'SELECT * FROM "{table}" ORDER BY rowid')
    assert [column[0] for column in found.description] == rows[0], table
    read = found.fetchall()
    assert len(read) == len(rows) - 1, table
    fields = resource["schema"]["fields"]
    for texts, values in zip(rows[1:], read):
        for text, value, field in zip(texts, values, fields):
            counts["cells"] += 1
            if value is None: counts["nulls"] += 1; assert text == "", (table, field, text)
            elif "A list, joined" in field.get("description", "") or field["name"].endswith("_label") and value.startswith("["):
                counts["lists"] += 1; assert [plain(item) for item in json.loads(value)] == items(exact(text)), (table, text, value)
            elif field["type"] == "boolean": assert (text == "true") == (value == 1), (table, text, value)
            elif field["type"] in ("integer", "number"): counts["numbers"] += 1; assert float(text) == value, (table, text, value)
            else: assert exact(text) == str(value), (table, text, value)
version = dict(base.execute("SELECT name, value FROM dataset_info"))["version"]
assert version == package.get("version", "preview")
print(json.dumps(counts))
`;

describe.each(["rivers", "summits", "town-libraries", "abraham-accords"])("the database of %s", (name) => {
  let release: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "factpress-test-"));
    const from = name === "abraham-accords" ? "data" : "docs/examples";
    await cp(join(ROOT, from, name), join(folder, "data", name), { recursive: true });
    const { code, out } = await factpress(folder, "build", "--out", join(folder, "out"));
    if (code !== 0) throw new Error(out);
    release = join(folder, "out", name);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("has in Python the cells of the CSV, with their types, and passes an integrity check", async () => {
    const script = join(folder, "compare.py");
    await writeFile(script, COMPARE);
    const { stdout } = await run("python3", [script, release, name]);
    const counts = JSON.parse(stdout) as Record<string, number>;
    expect(counts["cells"]).toBeGreaterThan(10);
    expect(counts["numbers"]).toBeGreaterThan(0);
  });

  it("passes the integrity check of sqlite3, and is hardly larger than what SQLite itself writes", async () => {
    const file = join(release, `${name}.sqlite`);
    const { stdout } = await run("sqlite3", [
      "-readonly",
      file,
      "PRAGMA integrity_check; PRAGMA foreign_key_check; SELECT count(*) > 0 FROM data_dictionary",
    ]);
    expect(stdout).toBe("ok\n1\n");
    const copy = join(await scratch(), "copy.sqlite");
    await run("sqlite3", [file, `VACUUM INTO '${copy}'`]);
    const schemaOf = async (path: string): Promise<string> =>
      (await run("sqlite3", ["-readonly", path, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name"])).stdout;
    expect(await schemaOf(copy)).toBe(await schemaOf(file));
    expect((await stat(file)).size).toBeLessThanOrEqual(1.05 * (await stat(copy)).size + 4 * 4_096);
  });

  it("is read by pandas", async () => {
    const code = `import pandas, sqlite3, sys; base = sqlite3.connect(sys.argv[1]); print(len(pandas.read_sql("SELECT * FROM data_dictionary", base)) > 3)`;
    const { stdout } = await run(String(findPythonWith("pandas")), ["-c", code, join(release, `${name}.sqlite`)]);
    expect(stdout).toBe("True\n");
  });
});

it("finds words in the copy that docs/formats.md makes searchable", async () => {
  const folder = await scratch();
  const { code, out } = await factpress(ROOT, "build", "abraham-accords", "--out", folder);
  expect(code, out).toBe(0);
  const blocks = (await readFile(join(ROOT, "docs/formats.md"), "utf8")).matchAll(/```sh\n([\s\S]*?)```/g);
  const recipe = [...blocks].map(([, block]) => block as string).find((block) => block.includes("USING fts5"));
  const { stdout } = await run("bash", ["-e", "-c", String(recipe)], { cwd: join(folder, "abraham-accords") });
  const found = stdout.trim().split("\n");
  expect(found).toHaveLength(5);
  for (const line of found) expect(line).toMatch(/^[a-z0-9-]+\|.*embassy/i);
});
