import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { edgeServer } from "../lib/edge/edge-server.ts";
import { loadEdgeFunction } from "../lib/edge/load-edge-function.ts";
import { aliasEntries } from "../lib/release/alias-entries.ts";
import type { Catalogue } from "../lib/release/catalogue.ts";
import { factpress, ROOT, scratch, smallDataset, write } from "./scratch.ts";

let folder: string;
let base: string;
let server: Server;
let facts: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "factpress-serve-"));
  const note = "river ".repeat(400);
  await write(join(folder, "data/small"), { ...smallDataset("1.0.0"), "levels.json": [{ river: "rhine", gauge: 1, metres: 1, note }] });
  await write(join(folder, "data/small"), { "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), date: "2024-03-05" } });
  await factpress(folder, "publish", "--store", "store");
  const store = join(folder, "store");
  facts = readFileSync(join(store, "small/1.0.0/levels.csv"));
  await write(join(store, ".factpress/preview/small"), { "index.html": "<p>not yet</p>", "rows.json": "[]" });
  server = edgeServer({ root: store, aliases: fileAliases(directoryStore(store)), previews: true });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> =>
  fetch(base + path, { headers: { "accept-encoding": "identity", ...headers }, method, redirect: "manual" });
const FILE = "/small/1.0.0/levels.csv";

describe("the local edge", () => {
  it.each([
    ["/small/latest/levels.csv", "/small/1.0.0/levels.csv"],
    ["/small/1/levels.csv?a=1&a=2", "/small/1.0.0/levels.csv?a=1&a=2"],
    ["/small/1.0/levels.csv", "/small/1.0.0/levels.csv"],
    ["/small/as-of/2024-03-05/levels.csv", "/small/1.0.0/levels.csv"],
    ["/small/as-of/2024-03-31/levels.csv", "/small/1.0.0/levels.csv"],
    ["/small/as-of/2999-01-01/levels.csv", "/small/1.0.0/levels.csv"],
    ["/small", "/small/"],
    ["/small/1.0.0", "/small/1.0.0/"],
  ])("redirects %s in one hop to %s", async (path, location) => {
    const response = await get(path);
    expect([response.status, response.headers.get("location"), response.headers.get("cache-control")]).toEqual([
      302,
      location,
      "public, max-age=60",
    ]);
    expect((await get(location)).status).toBe(200);
  });

  it.each([
    "/small/as-of/2024-03-04/levels.csv",
    "/small/as-of/2024-02-30/levels.csv",
    "/small/2/levels.csv",
    "/small/1.0.1/levels.csv",
    "/nothing/",
    "/small/1.0.0/nothing",
    "/.factpress/aliases/small.json",
    "/pages/small/index.html",
    "/small/1.0.0/..%2f..%2f.factpress/aliases/small.json",
  ])("answers 404 for %s, cached for 10 s at most", async (path) => {
    const response = await get(path, { origin: "https://example.org" });
    expect([response.status, response.headers.get("cache-control")]).toEqual([404, "public, max-age=10"]);
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
  });

  it.each([
    ["/robots.txt", "text/plain; charset=utf-8"],
    ["/sitemap.xml", "application/xml"],
    ["/verify/", "text/html; charset=utf-8"],
  ])("serves %s as %s, for a minute", async (path, type) => {
    const response = await get(path);
    expect([response.status, response.headers.get("content-type"), response.headers.get("cache-control")]).toEqual([
      200,
      type,
      "public, max-age=60",
    ]);
  });

  it("names the newest version if a version is unknown", async () => {
    expect(await (await get("/small/9.9.9/levels.csv")).text()).toContain("The newest version is 1.0.0: /small/1.0.0/");
  });

  it("lets caches keep an exact file forever, and a moving one for a minute", async () => {
    expect((await get(FILE)).headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    for (const path of ["/small/releases.json", "/small/", "/", "/small/1.0.0/"])
      expect((await get(path)).headers.get("cache-control")).toBe("public, max-age=60");
  });

  it.each([
    ["levels.csv", "text/csv; charset=utf-8"],
    ["levels.json", "application/json"],
    ["levels.ndjson", "application/x-ndjson"],
    ["README.md", "text/plain; charset=utf-8"],
    ["SHA256SUMS", "text/plain; charset=utf-8"],
  ])("serves %s as %s", async (file, type) => {
    expect((await get(`/small/1.0.0/${file}`)).headers.get("content-type")).toBe(type);
  });

  it("answers HEAD like GET without a body", async () => {
    const response = await get(FILE, {}, "HEAD");
    expect([response.status, response.headers.get("content-length"), await response.text()]).toEqual([200, String(facts.length), ""]);
  });

  it("answers a preflight on every path, a redirected one too", async () => {
    for (const path of [FILE, "/small/latest/levels.csv", "/nothing"]) {
      const response = await get(path, { origin: "https://example.org" }, "OPTIONS");
      expect([
        response.status,
        response.headers.get("access-control-allow-headers"),
        response.headers.get("access-control-allow-origin"),
      ]).toEqual([204, "*", "*"]);
    }
  });

  it.each(["POST", "PUT", "DELETE"])("refuses %s", async (method) => {
    expect((await get(FILE, {}, method)).status).toBe(405);
  });

  it.each([
    ["bytes=0-9", 206, [0, 10]],
    ["bytes=10-", 206, [10, undefined]],
    ["bytes=-10", 206, [-10, undefined]],
    ["bytes=-99999999", 206, [0, undefined]],
  ] as const)("answers the range %s", async (range, status, [from, to]) => {
    const response = await get(FILE, { range });
    expect(response.status).toBe(status);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(facts.subarray(from, to));
  });

  it("answers a range beyond the end with 416 and the size, not cached", async () => {
    const response = await get(FILE, { range: "bytes=99999999-" });
    expect([response.status, response.headers.get("content-range"), response.headers.get("cache-control")]).toEqual([
      416,
      `bytes */${facts.length}`,
      "public, max-age=10",
    ]);
  });

  it("answers conditional requests by strong and weak ETags as RFC 9110 requires", async () => {
    const etag = (await get(FILE)).headers.get("etag") as string;
    const weak = (await get(FILE, { "accept-encoding": "gzip" })).headers.get("etag");
    expect(weak).toBe(`W/${etag}`);
    expect((await get(FILE, { "if-none-match": etag })).status).toBe(304);
    expect((await get(FILE, { "if-none-match": `W/${etag}` })).status).toBe(304);
    expect((await get(FILE, { "if-match": etag })).status).toBe(200);
    expect((await get(FILE, { "if-match": `W/${etag}` })).status).toBe(412);
    expect((await get(FILE, { "if-match": '"other"' })).status).toBe(412);
    expect((await get(FILE, { range: "bytes=0-9", "if-range": etag })).status).toBe(206);
    expect((await get(FILE, { range: "bytes=0-9", "if-range": `W/${etag}` })).status).toBe(200);
  });

  it("compresses what the CDN compresses: listed types, from 1,000 bytes on, whole files", async () => {
    const encoding = async (path: string, more = {}): Promise<string | null> =>
      (await get(path, { "accept-encoding": "gzip", ...more })).headers.get("content-encoding");
    expect(await encoding(FILE)).toBe("gzip");
    expect(await encoding("/small/1.0.0/levels.ndjson")).toBeNull();
    expect(await encoding("/small/1.0.0/rivers.csv")).toBeNull();
    expect(await encoding(FILE, { range: "bytes=0-9" })).toBeNull();
    expect(Buffer.from(await (await fetch(base + FILE)).arrayBuffer())).toEqual(facts);
  });

  it("treats quality 0 as a refusal, and sends the strong ETag", async () => {
    for (const asked of ["gzip;q=0", "br; q=0.000, gzip;q=0", "xgzip"]) {
      const response = await get(FILE, { "accept-encoding": asked });
      expect([response.headers.get("content-encoding"), response.headers.get("etag")]).toEqual([null, expect.stringMatching(/^"/)]);
    }
    expect((await get(FILE, { "accept-encoding": "br;q=0, gzip;q=0.1" })).headers.get("content-encoding")).toBe("gzip");
  });

  it.each([
    "/../preview/aliases.json",
    "/%2e%2e/preview/aliases.json",
    "/small/preview/..%2f..%2faliases.json",
    "/.factpress/aliases.json",
  ])("serves nothing that is internal to the store: %s", async (path) => {
    // Unresolved: fetch would resolve it.
    const status = await new Promise((done, fail) =>
      request(base, { path }, (response) => done(response.resume().statusCode))
        .on("error", fail)
        .end(),
    );
    expect(status).toBe(404);
  });

  it("sends pages a policy that allows nothing from other origins", async () => {
    const response = await get("/small/");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/<script>|\sstyle=|\son[a-z]+=|(?:src|stylesheet" href)="(?!\/assets\/)/);
  });
});

describe("aliases", () => {
  const many: Catalogue = {
    dataset: "d",
    withdrawn: [{ version: "1.9999.0", reason: "wrong", commit: null, date: null }],
    removed: [{ version: "1.0.0", reason: "court", commit: null, date: null }],
    releases: Array.from({ length: 10_000 }, (_, i) => ({
      version: `1.${i}.0`,
      date: new Date(Date.UTC(2001, 0, 1 + i)).toISOString().replace(".000Z", "Z"),
      commit: String(i),
      level: "minor" as const,
      manifest: "",
    })).reverse(),
  };

  it("fit the limits of the edge store with ten thousand releases", () => {
    const entries = aliasEntries(many);
    let bytes = 0;
    for (const [key, value] of entries) {
      expect(key.length).toBeLessThanOrEqual(512);
      expect(value.length).toBeLessThanOrEqual(1000);
      bytes += key.length + value.length;
    }
    expect(bytes).toBeLessThan(5_000_000);
  });

  it("cut a long reason between characters", () => {
    const reason = `${"x".repeat(299)}🌊 and more`;
    const entries = aliasEntries({ ...many, removed: [{ version: "1.0.0", reason, commit: null, date: null }] });
    expect(entries.get("d/1.0.0")?.isWellFormed()).toBe(true);
  });

  it("lead to the release that was newest at the end of any day, and skip withdrawn ones", async () => {
    const entries = aliasEntries(many);
    const edge = loadEdgeFunction(async (key) => entries.get(key));
    const location = async (path: string): Promise<unknown> => {
      const result = (await edge({ method: "GET", uri: path, querystring: {}, headers: {} })) as {
        statusCode?: number;
        headers: Record<string, { value: string }>;
      };
      return result.statusCode === 302 ? result.headers["location"]?.value : result.statusCode;
    };
    expect(await location("/d/latest/x")).toBe("/d/1.9998.0/x");
    expect(await location("/d/as-of/2001-01-01/x")).toBe(404);
    for (const i of [1, 30, 31, 58, 59, 400, 9000])
      expect(await location(`/d/as-of/${new Date(Date.UTC(2001, 0, 1 + i)).toISOString().slice(0, 10)}/x`)).toBe(`/d/1.${i}.0/x`);
    expect(await location("/d/1.0.0/x")).toBe(410);
  });
});

describe("directoryStore", () => {
  it("loses no update of two concurrent processes that are killed while they write", async () => {
    const at = await scratch();
    await write(at, {
      "count.mts": `import { directoryStore } from ${JSON.stringify(join(ROOT, "lib/adapters/folder/directory-store.ts"))};
const store = directoryStore(process.argv[2] as string);
for (;;) {
  const now = await store.get("n");
  const next = String(Number(now?.bytes.toString() ?? 0) + 1);
  if ((await store.putIfMatch("n", Buffer.from(next), now?.etag ?? null)) !== undefined) process.stdout.write(next + "\\n");
}`,
    });
    const counted: number[] = [];
    /** A process that is killed when it has said enough numbers, whatever it does then. */
    const child = (isEnough: (numbers: number) => boolean): Promise<void> =>
      new Promise((done) => {
        const process_ = spawn(
          process.execPath,
          ["--import", join(ROOT, "node_modules/tsx/dist/loader.mjs"), join(at, "count.mts"), join(at, "store")],
          { stdio: ["ignore", "pipe", "inherit"] },
        );
        let text = "";
        process_.stdout.on("data", (chunk: Buffer) => {
          text += chunk.toString();
          if (isEnough(text.split("\n").length - 1)) process_.kill("SIGKILL");
        });
        process_.on("close", () => {
          counted.push(...text.split("\n").filter(Boolean).map(Number));
          done();
        });
      });
    /** Two at a time: each says as many as given, and is not killed before both write. */
    const pair = async (...numbers: [number, number]): Promise<void> => {
      const said = [0, 0];
      const isEnough = (i: number) => (count: number) => {
        said[i] = count;
        return count >= (numbers[i] as number) && (said[1 - i] as number) > 0;
      };
      await Promise.all([child(isEnough(0)), child(isEnough(1))]);
    };
    await pair(40, 25);
    await pair(30, 15);
    const last = Number((await directoryStore(join(at, "store")).get("n"))?.bytes.toString());
    expect(new Set(counted).size).toBe(counted.length);
    expect(counted.length).toBeGreaterThan(10);
    // A killed process may have written and not have said so; nothing that was said is lost.
    expect(last).toBeGreaterThanOrEqual(Math.max(...counted));
  });
});
