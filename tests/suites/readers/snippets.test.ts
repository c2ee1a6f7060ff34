import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { ROOT, repository, scratch, smallDataset, tree, write } from "../../scratch.ts";
import { started } from "../../started.ts";
import { type Site, startSite } from "../browser/browser.ts";
import { findPythonWith } from "../optional.ts";

const run = promisify(execFile);

/** What the page shows as text. */
const unescaped = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

const DATASET = "data/abraham-accords";
const LEFT_OUT = `${DATASET}/facts/armenia.json`;
let site: Site;
let page: string;
let count: number;
let csv: Buffer;

// Two releases of this state, the older without the facts of a file, so that code which reads the older one is found.
beforeAll(async () => {
  const { [LEFT_OUT]: left, ...older } = Object.fromEntries(
    [...(await tree(join(ROOT, DATASET)))].map(([path, text]) => [`${DATASET}/${path}`, text]),
  );
  site = await startSite(older);
  await write(site.folder, { [LEFT_OUT]: left });
  await site.publish();
  page = await (await fetch(`${site.url}/abraham-accords/`)).text();
  const catalogue = JSON.parse(await readFile(join(site.store, "abraham-accords/releases.json"), "utf8")) as Catalogue;
  expect(catalogue.releases).toHaveLength(2);
  const folder = join(site.store, "abraham-accords", catalogue.releases[0]?.version ?? "");
  csv = await readFile(join(folder, "facts.csv"));
  count = (await readFile(join(folder, "facts.ndjson"), "utf8")).trim().split("\n").length;
});
afterAll(() => site?.close());

describe.each(["pinned", "latest"])("the code for the %s version returns the rows", (kind) => {
  const code = (id: string): string => {
    const [, text] = new RegExp(`<div class="${id}">.*?<div class="code ${kind}"><pre><code>(.*?)</code>`, "s").exec(page) ?? [];
    return unescaped(text ?? "");
  };

  it("with curl", async () => {
    const folder = await scratch();
    await run("bash", ["-c", code("curl")], { cwd: folder });
    expect((await readFile(join(folder, "facts.csv"))).equals(csv)).toBe(true);
  });

  it("with JavaScript", async () => {
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code("javascript")]);
    expect(stdout).toBe(`${count}\n`);
  });

  it("with pandas", async () => {
    const { stdout } = await run(String(findPythonWith("pandas")), ["-c", `${code("pandas")}\nprint(len(df), df["id"].is_unique)`]);
    expect(stdout).toContain(`${count} True`);
  });

  it("with sqlite3", async () => {
    const folder = await scratch();
    const { stdout } = await run("bash", ["-c", code("sqlite")], { cwd: folder });
    expect(stdout.split("\n").slice(0, 2)).toEqual([expect.stringMatching(/^id\|subject\|/), expect.stringMatching(/^[a-z]+-/)]);
  });

  it("with R", async () => {
    const file = join(await scratch(), "code.R");
    await writeFile(file, `${code("r")}\ncat("\\nrows", nrow(rows), "\\n")`);
    const { stdout } = await run("Rscript", ["--vanilla", file]);
    expect(stdout).toContain(`rows ${count} `);
  });

  // Reading from an address needs an extension that DuckDB fetches when it is first used; a file reads the same.
  it("with DuckDB, from the Parquet file that it names", async () => {
    const file = join(await scratch(), "facts.parquet");
    const url = /'(http[^']*)'/.exec(code("duckdb"))?.[1] ?? "";
    await writeFile(file, Buffer.from(await (await fetch(url)).arrayBuffer()));
    const sql = code("duckdb").replace(url, file);
    const { DuckDBInstance } = createRequire(join(ROOT, "tests/bench/package.json"))("@duckdb/node-api") as {
      DuckDBInstance: { create(): Promise<{ connect(): Promise<{ runAndReadAll(sql: string): Promise<{ currentRowCount: number }> }> }> };
    };
    const connection = await (await DuckDBInstance.create()).connect();
    expect((await connection.runAndReadAll(sql)).currentRowCount).toBe(count);
  });
});

it("the command that start offers shows the first rows", async () => {
  const { folder, commit } = await repository();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  const { firstRows, end } = await started(folder);
  const { stdout } = await run("sh", ["-c", firstRows], { env: { ...process.env, no_proxy: "*" } });
  expect(stdout).toBe("id,label\r\nrhine,Rhine\r\nelbe,Elbe\r\n");
  expect(await end()).toBe(0);
});
