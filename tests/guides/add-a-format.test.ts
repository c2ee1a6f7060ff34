import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { type DirectoryStore, directoryStore } from "../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../lib/adapters/folder/file-aliases.ts";
import { memoryWorkspace } from "../../lib/adapters/memory/memory-workspace.ts";
import { inlineEngine } from "../../lib/adapters/threads/inline-engine.ts";
import { engineWithThreads } from "../../lib/adapters/threads/threaded-engine.ts";
import { buildDatasetTables } from "../../lib/build/build-dataset.ts";
import { finishRelease } from "../../lib/build/finish-release.ts";
import { readDataset } from "../../lib/check/read-dataset.ts";
import { FIRST_FORMATS } from "../../lib/contract/first-formats.ts";
import { edgeServer } from "../../lib/edge/edge-server.ts";
import type {
  ArchiveFormat,
  DatasetFormat,
  DatasetWriter,
  FinishedFile,
  Format,
  Output,
  TableFormat,
  TableWriter,
} from "../../lib/formats/format.ts";
import { FORMATS } from "../../lib/formats/formats.ts";
import type { Aliases, Artifact, Source, StartEngine } from "../../lib/ports/ports.ts";
import { storedRelease } from "../../lib/ports/stored-release.ts";
import { publishDataset } from "../../lib/publish/publish-dataset.ts";
import { emptyCatalogue } from "../../lib/release/catalogue.ts";
import { loadRelease } from "../../lib/render/load-release.ts";
import { pageEnvironment } from "../../lib/site/page-environment.ts";
import { releasePage } from "../../lib/site/pages.tsx";
import { Branch } from "../protocol/world.ts";
import { RUNTIME } from "../runtime.ts";
import { expectSums } from "../scratch.ts";
import { columnGroups } from "./column-groups.ts";
import { sections } from "./sections.ts";
import { tar } from "./tar.ts";

const KNOWN: readonly Format[] = [...FORMATS.filter(({ name }) => FIRST_FORMATS.includes(name)), columnGroups, sections, tar];

interface Groups {
  columns: string[];
  groups: { offset: number; rows: number }[];
}

function footerOf(bytes: Buffer): Groups {
  expect(bytes.subarray(-4).toString()).toBe("COLG");
  const length = bytes.readUInt32LE(bytes.length - 8);
  return JSON.parse(bytes.subarray(-8 - length, -8).toString()) as Groups;
}

/** The cells of one group, column by column. */
function cellsOf(bytes: Buffer, group: number): (string | undefined)[][] {
  const { columns, groups } = footerOf(bytes);
  const { offset = 0, rows = 0 } = groups[group] ?? {};
  let at = offset;
  return columns.map(() =>
    Array.from({ length: rows }, () => {
      const length = bytes.readUInt32LE(at);
      at += 4;
      if (length === 0xffffffff) return undefined;
      at += length;
      return bytes.subarray(at - length, at).toString();
    }),
  );
}

/** The files of a POSIX archive. */
function untar(bytes: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (let at = 0; bytes[at] !== 0; ) {
    const text = (from: number, length: number): string => bytes.toString("latin1", at + from, at + from + length).replace(/\0.*/s, "");
    const size = Number.parseInt(text(124, 12), 8);
    files.set(text(0, 100), bytes.subarray(at + 512, at + 512 + size));
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}

interface Resource {
  path: string;
  [property: string]: unknown;
}
const resourcesOf = (text: string | Buffer): Resource[] => (JSON.parse(text.toString()) as { resources: Resource[] }).resources;

describe("a format that is added to the list", () => {
  const records = Object.fromEntries(Array.from({ length: 2_500 }, (_, i) => [`k${i}`, `v${i}`]));

  let root: string;
  let store: DirectoryStore;
  let aliases: Aliases;
  /** Two releases with three formats more than this package has. */
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), "factpress-formats-"));
    store = directoryStore(root);
    aliases = fileAliases(store);
    const history = new Branch().push({ records, formats: "default" }, { records: { ...records, k7: "other" }, formats: "default" });
    const runtime = { ...RUNTIME, formats: KNOWN };
    const { released } = await publishDataset({ dataset: "d", runtime, history, store, aliases });
    expect(released.map(({ version, level }) => [version, level])).toEqual([
      ["1.0.0", "first"],
      ["1.0.1", "patch"],
    ]);
  });
  afterAll(() => rm(root, { recursive: true }));

  it("writes its files in a release, described and hashed, without changing the version", async () => {
    const folder = join(root, "d/1.0.1");
    await expectSums(folder);
    const description = await readFile(join(folder, "datapackage.json"), "utf8");
    expect(resourcesOf(description).map(({ path }) => path)).toEqual([
      ...["t.csv", "t.json", "t.ndjson", "t.colg", "d.json", "d.sections", "changes.json", "CHANGES.md"],
      ...["schema.json", "README.md", "LICENSE", "CITATION.cff", "d.tar"],
    ]);
    const entry = (path: string): object => {
      const { bytes, hash, ...rest } = resourcesOf(description).find((resource) => resource.path === path) ?? { path };
      return rest;
    };
    expect(entry("t.colg")).toEqual({
      ...{ name: "t.colg", path: "t.colg", title: "t", format: "colg" },
      ...{ mediatype: "application/vnd.example.column-groups", groupRows: 1_000 },
    });
    expect(entry("d.sections")).toEqual({
      ...{ name: "d.sections", path: "d.sections", title: "All tables", format: "sections" },
      ...{ mediatype: "text/vnd.example.sections", encoding: "utf-8" },
    });
    expect(entry("d.tar")).toEqual({ name: "d.tar", path: "d.tar", format: "tar", mediatype: "application/x-tar" });
    const readme = await readFile(join(folder, "README.md"), "utf8");
    expect(readme).toContain("(`t.csv`, `t.json`, `t.ndjson`, `t.colg`)");
    expect(readme).toContain("the last 8 bytes lead to the footer");
  });

  it("writes what its encoder, its writer and finished files say", async () => {
    const file = (name: string): Promise<Buffer> => readFile(join(root, "d/1.0.0", name));
    const groups = await file("t.colg");
    expect(footerOf(groups).groups.map(({ rows }) => rows)).toEqual([1_000, 1_000, 500]);
    expect(cellsOf(groups, 2).map((cells) => [cells[0], cells.at(-1)])).toEqual([
      ["k2000", "k2499"],
      ["v2000", "v2499"],
      [undefined, undefined],
    ]);
    const lines = (await file("d.sections")).toString().split("\n");
    expect([lines[0], lines[1], lines.length]).toEqual(["# t", '{"id":"k0","value":"v0"}', 2_502]);
    const inside = untar(await file("d.tar"));
    expect([...inside.keys()]).toEqual(["t.csv", "schema.json", "datapackage.json", "SHA256SUMS"]);
    expect(inside.get("t.csv")).toEqual(await file("t.csv"));
    expect(resourcesOf(inside.get("datapackage.json") ?? Buffer.from("{}")).map(({ path }) => path)).toEqual(["t.csv", "schema.json"]);
    const sums = inside.get("SHA256SUMS")?.toString().trimEnd().split("\n") ?? [];
    expect(sums.map((line) => line.split("  "))).toEqual(
      ["datapackage.json", "schema.json", "t.csv"].map((name) => [
        createHash("sha256")
          .update(inside.get(name) ?? "")
          .digest("hex"),
        name,
      ]),
    );
  });

  it("is on the page: its caption, button, code and distribution", async () => {
    const shown = { version: "1.0.1", catalogue: emptyCatalogue("d"), isNewest: true };
    const { page } = await loadRelease(storedRelease(store, "d/1.0.1"), shown, {
      ...{ base: "/d/1.0.1/", rest: "rest.json", env: pageEnvironment("/assets/", "https://data.example"), formats: KNOWN },
    });
    const html = await releasePage(page);
    expect(html).toContain("Columns in groups of 1,000 rows, one row per record");
    expect(html).toContain("The CSV files and their schema in one archive");
    expect(html).toContain("colg head https://data.example/d/1.0.1/t.colg");
    // The style sheet shows the code that follows the checked tab.
    expect(html).toContain('name="language"/><span>colg</span></label><div class="snippet"><div><div class="colg">');
    expect(html).toMatch(/<a class="button dark" href="\/d\/1\.0\.1\/d\.sections">.*?The whole dataset: <\/span>Sections </s);
    expect(html).toContain('<link rel="alternate" href="/d/1.0.1/d.tar" type="application/x-tar"/>');
    const [, jsonLd = ""] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
    const { distribution } = JSON.parse(jsonLd) as { distribution: { name: string; encodingFormat: string }[] };
    expect(distribution.find(({ name }) => name === "t.colg")?.encodingFormat).toBe("application/vnd.example.column-groups");
  });

  it("is served with its media type, and compressed if the CDN compresses it", async () => {
    const server = edgeServer({ root, aliases, formats: KNOWN });
    onTestFinished(() => void server.close());
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const headersOf = async (name: string): Promise<(string | null)[]> => {
      const address = `http://127.0.0.1:${(server.address() as { port: number }).port}/d/1.0.1/${name}`;
      const { headers } = await fetch(address, { headers: { "accept-encoding": "gzip" } });
      return [headers.get("content-type"), headers.get("content-encoding")];
    };
    expect(await headersOf("t.colg")).toEqual(["application/vnd.example.column-groups", null]);
    expect(await headersOf("d.sections")).toEqual(["text/vnd.example.sections; charset=utf-8", "gzip"]);
    expect(await headersOf("d.tar")).toEqual(["application/x-tar", null]);
    expect(await headersOf("t.csv")).toEqual(["text/csv; charset=utf-8", "gzip"]);
  });
});

const FILES: Record<string, unknown> = {
  "dataset.json": { name: "d", title: "D", description: "Numbers.", licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } },
  "schema.json": {
    type: "object",
    properties: Object.fromEntries(
      ["t", "u"].map((name) => [
        name,
        {
          type: "array",
          primaryKey: ["id"],
          items: { type: "object", required: ["id"], properties: { id: { type: "integer" }, text: { type: "string" } } },
        },
      ]),
    ),
  },
  "u.json": [],
};

/** Records whose texts differ in length; a wide indent moves the edges of batches. */
function sourceOf(count: number, indent: number): Source {
  const record = (i: number): string => JSON.stringify({ id: i, text: `${i} `.repeat(i % 97) }).padEnd(indent);
  const table = Buffer.from(`[\n${Array.from({ length: count }, (_, i) => record(i)).join(",\n")}\n]\n`);
  const files = new Map(Object.entries(FILES).map(([path, value]) => [path, Buffer.from(JSON.stringify(value))]));
  files.set("t.json", table);
  return {
    list: async () => [...files].map(([path, { length }]) => ({ path, bytes: length })),
    async *read(path) {
      const bytes = files.get(path) ?? Buffer.alloc(0);
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    },
  };
}

async function build(source: Source, startEngine: StartEngine, formats: readonly Format[]): Promise<Artifact[]> {
  const { dataset } = await readDataset(source);
  if (!dataset) throw new Error("no dataset");
  const workspace = memoryWorkspace();
  const { artifacts, problems } = await buildDatasetTables(
    { dataset, source, runtime: { ...RUNTIME, startEngine } },
    { workspace, formats },
  );
  expect(problems).toEqual([]);
  const facts = { commit: null, date: null, previous: null, generator: "1" };
  return finishRelease(dataset, facts, { tables: artifacts, workspace, formats });
}

/** Counts the bytes that a writer has been given and has not written; `most` is the largest count of all writers. */
class Meter {
  most = 0;

  /** An output, and the function that its writer calls when it gets bytes. */
  of(inner: Output): { output: Output; given(bytes: number): void } {
    let held = 0;
    const given = (bytes: number): void => {
      held += bytes;
      this.most = Math.max(this.most, held);
    };
    const write = (bytes: Uint8Array): Promise<void> => {
      held -= bytes.length;
      return inner.write(bytes);
    };
    return { output: { write, createTemporary: () => inner.createTemporary() }, given };
  }

  format(format: Format): Format {
    if (format.scope === "table") return this.#tableFormat(format);
    if (format.scope === "dataset") return this.#datasetFormat(format);
    const write: ArchiveFormat["write"] = (files, inner) => this.#archive(format, files, inner);
    return { ...format, write };
  }

  #tableFormat(format: TableFormat): TableFormat {
    return { ...format, open: (file, inner) => this.#open(inner, (output) => format.open(file, output)) };
  }

  #datasetFormat(format: DatasetFormat): DatasetFormat {
    return {
      ...format,
      open: async (dataset, inner) => {
        let startTable: DatasetWriter["startTable"] = async () => {};
        const metered = await this.#open(inner, async (output) => {
          const writer = await format.open(dataset, output);
          startTable = (plan) => writer.startTable(plan);
          return writer;
        });
        return { ...metered, startTable: (plan) => startTable(plan) };
      },
    };
  }

  async #open(inner: Output, open: (output: Output) => Promise<TableWriter>): Promise<TableWriter> {
    const { output, given } = this.of(inner);
    const writer = await open(output);
    return {
      write(part) {
        given(part.chunks.reduce((sum, chunk) => sum + chunk.length, 0));
        return writer.write(part);
      },
      close: () => writer.close(),
    };
  }

  #archive(format: ArchiveFormat, files: readonly FinishedFile[], inner: Output): Promise<void> {
    const { output, given } = this.of(inner);
    async function* read(file: FinishedFile): AsyncGenerator<Uint8Array> {
      for await (const chunk of file.read())
        for (let at = 0; at < chunk.length; at += 65_536) {
          const piece = chunk.subarray(at, at + 65_536);
          given(piece.length);
          yield piece;
        }
    }
    return format.write(
      files.map((file) => ({ ...file, read: () => read(file) })),
      output,
    );
  }
}

describe("the files of every format", () => {
  const hashes = (artifacts: readonly Artifact[]): string[] => artifacts.map(({ name, sha256 }) => `${name} ${sha256}`);

  it("have the same bytes with one thread, four threads and none", async () => {
    const source = sourceOf(20_000, 0);
    const expected = hashes(await build(source, inlineEngine, KNOWN));
    expect(expected).toHaveLength(17);
    expect(hashes(await build(source, engineWithThreads(1), KNOWN))).toEqual(expected);
    expect(hashes(await build(source, engineWithThreads(4), KNOWN))).toEqual(expected);
  });

  it("do not depend on where batches end", async () => {
    const [narrow, wide] = [await build(sourceOf(12_345, 0), inlineEngine, KNOWN), await build(sourceOf(12_345, 700), inlineEngine, KNOWN)];
    expect(hashes(wide)).toEqual(hashes(narrow));
  });

  it("are written in memory that does not grow with the table", async () => {
    const held = async (count: number): Promise<number> => {
      const meter = new Meter();
      await build(
        sourceOf(count, 0),
        inlineEngine,
        KNOWN.map((format) => meter.format(format)),
      );
      return meter.most;
    };
    const [small, large] = [await held(15_000), await held(60_000)];
    expect(small).toBeLessThan(3 * 1024 * 1024);
    expect(large).toBeLessThan(1.2 * small);
  });
});
