import { createHash } from "node:crypto";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { edgeServer } from "../../../lib/edge/edge-server.ts";
import { scratch } from "../../scratch.ts";
import { makeSocket } from "../../special-file.ts";

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const ALIASES = new Map([
  ["small/1.0.0", "released"],
  ["small/mark", "{}"],
  ["small/latest", "1.0.0"],
]);

/** A served store; `ask` sends a path unchanged, which `fetch` would not. */
async function serving(
  previews = false,
  aliases = memoryAliases(ALIASES),
): Promise<{
  root: string;
  put(key: string, text: string | Buffer): Promise<void>;
  ask(path: string, headers?: object, method?: string): Promise<Answer>;
}> {
  const root = await scratch();
  const server = edgeServer({ root, aliases, previews });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    root,
    async put(key, text) {
      await mkdir(join(root, key, ".."), { recursive: true });
      await writeFile(join(root, key), text);
    },
    ask: (path, headers = {}, method = "GET") =>
      new Promise((done, fail) => {
        request({ port, host: "127.0.0.1", path, method, headers: { ...headers } }, (response) => {
          const chunks: Buffer[] = [];
          response.on("data", (chunk: Buffer) => chunks.push(chunk));
          response.on("error", fail);
          response.on("end", () => done({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
        })
          .on("error", fail)
          .end();
      }),
  };
}

const CSV = "/small/1.0.0/a.csv";
const ROWS = `id\r\n${"river\r\n".repeat(400)}`;

/** What is the same for GET and HEAD: all but what belongs to the connection. */
const representation = ({ status, headers }: Answer): object => {
  const { date, connection, "keep-alive": _, "transfer-encoding": __, ...rest } = headers;
  return { status, ...rest };
};

describe("the local edge", () => {
  it.each<[string, object]>([
    ["plain", {}],
    ["gzip", { "accept-encoding": "gzip" }],
    ["br", { "accept-encoding": "br, gzip" }],
    ["a coding that is refused", { "accept-encoding": "gzip;q=0" }],
    ["a condition that holds", { "if-none-match": "*" }],
    ["a condition that fails", { "if-match": '"x"' }],
  ])("answers HEAD with the headers of GET: %s", async (_what, headers) => {
    const { put, ask } = await serving();
    await put("small/1.0.0/a.csv", ROWS);
    await put("pages/404.html", ROWS);
    for (const path of [CSV, "/small/1.0.0/nothing", "/small/latest/a.csv"]) {
      const [got, head] = [await ask(path, headers), await ask(path, headers, "HEAD")];
      expect(representation(head)).toEqual(representation(got));
      expect(head.body.length).toBe(0);
    }
  });

  it("sends a Content-Length only for uncompressed bodies", async () => {
    const { put, ask } = await serving();
    await put("small/1.0.0/a.csv", ROWS);
    const plain = await ask(CSV);
    expect([plain.headers["content-length"], plain.headers["etag"], plain.body.toString()]).toEqual([
      String(ROWS.length),
      `"${createHash("sha256").update(ROWS).digest("hex").slice(0, 32)}"`,
      ROWS,
    ]);
    for (const [coding, decode] of [
      ["gzip", gunzipSync],
      ["br", brotliDecompressSync],
    ] as const) {
      const { headers, body } = await ask(CSV, { "accept-encoding": coding });
      expect([headers["content-encoding"], headers["content-length"], headers["etag"], headers["vary"]]).toEqual([
        coding,
        undefined,
        `W/${plain.headers["etag"]}`,
        "Accept-Encoding",
      ]);
      expect(decode(body).toString()).toBe(ROWS);
    }
  });

  it("sends a part, the size of an empty range, and a 304 without a media type", async () => {
    const { put, ask } = await serving();
    await put("small/1.0.0/a.csv", ROWS);
    const part = await ask(CSV, { range: "bytes=1-3", "accept-encoding": "gzip" });
    expect([part.status, part.headers["content-range"], part.headers["content-length"], part.body.toString()]).toEqual([
      206,
      `bytes 1-3/${ROWS.length}`,
      "3",
      ROWS.slice(1, 4),
    ]);
    const beyond = await ask(CSV, { range: "bytes=99999-" });
    expect([beyond.status, beyond.headers["content-range"], beyond.headers["cache-control"]]).toEqual([
      416,
      `bytes */${ROWS.length}`,
      "public, max-age=10",
    ]);
    const known = await ask(CSV, { "if-none-match": part.headers["etag"] });
    expect([known.status, known.headers["content-type"], known.body.length]).toEqual([304, undefined, 0]);
  });

  it("serves a large file and its parts from one descriptor", async () => {
    const { put, ask } = await serving();
    const large = Buffer.alloc(4 * 1024 * 1024 + 1, "abc");
    await put("small/1.0.0/a.ndjson", large);
    for (let i = 0; i < 2; i += 1) expect((await ask("/small/1.0.0/a.ndjson")).body.equals(large)).toBe(true);
    const { headers, body } = await ask("/small/1.0.0/a.ndjson", { range: "bytes=4194303-" });
    expect([body.toString(), headers["etag"]]).toEqual(["ab", `"${createHash("sha256").update(large).digest("hex").slice(0, 32)}"`]);
  });

  it("never mixes two states of a file that is replaced while it is read", async () => {
    const { root, put, ask } = await serving();
    const states = ["a", "b", "c"].map((letter, i) => letter.repeat(20_000 * (i + 1)));
    await put("small/releases.json", states[0] as string);
    let isOver = false;
    const writing = (async () => {
      for (let i = 0; !isOver; i += 1) {
        await put("t", states[i % 3] as string);
        await rename(join(root, "t"), join(root, "small/releases.json"));
      }
    })();
    const seen = new Set<string>();
    for (let i = 0; i < 300; i += 1) {
      const { status, headers, body } = await ask("/small/releases.json");
      seen.add(body.toString());
      expect([status, headers["content-length"], headers["etag"]]).toEqual([
        200,
        String(body.length),
        `"${createHash("sha256").update(body).digest("hex").slice(0, 32)}"`,
      ]);
    }
    isOver = true;
    await writing;
    expect([...seen].every((text) => states.includes(text))).toBe(true);
    expect(seen.size).toBeGreaterThan(1);
  });

  it("follows no link in a store, and serves only regular files as objects", async () => {
    const { root, put, ask } = await serving();
    await put("small/1.0.0/a.csv", ROWS);
    await symlink("/etc/hosts", join(root, "small/1.0.0/hosts"));
    await symlink("/etc", join(root, "small/1.0.0/etc"));
    await symlink(join(root, "small"), join(root, "assets"));
    await makeSocket(join(root, "small/1.0.0/socket"));
    for (const path of [
      "/small/1.0.0/hosts",
      "/small/1.0.0/etc/hosts",
      "/assets/1.0.0/a.csv",
      "/small/1.0.0/socket",
      "/small/1.0.0/a.csv/x",
    ])
      expect([path, (await ask(path)).status]).toEqual([path, 404]);
  });

  it.each(["/.factpress/x", "/small/1.0.0/..%2f..%2f.factpress%2fx", "/small/1.0.0/%00", "/small/1.0.0/a%5cb", "/small/1.0.0/.x"])(
    "hides %s",
    async (path) => {
      const { put, ask } = await serving(true);
      await put(".factpress/x", "secret");
      await put("small/1.0.0/.x", "secret");
      const { status, body } = await ask(path);
      expect([status, body.includes("secret")]).toEqual([404, false]);
    },
  );

  it("is an uncacheable 500 if the aliases cannot be read, with the reason on standard error", async () => {
    const broken = async (): Promise<never> => {
      throw new Error("damaged");
    };
    const { ask } = await serving(false, { ...memoryAliases(), get: broken });
    const stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    onTestFinished(() => stderr.mockRestore());
    const { status, headers, body } = await ask("/small/latest/a.csv");
    expect([status, headers["cache-control"], body.toString()]).toEqual([500, "no-store", "The server failed. Try again in a minute.\n"]);
    expect(stderr.mock.calls).toEqual([["The KeyValueStore failed: Error: damaged\n"]]);
  });

  it("shows a browser the error page for a version that does not exist, and tells programs in a line", async () => {
    const { put, ask } = await serving();
    await put("pages/404.html", ROWS);
    const page = await ask("/small/9.9.9/", { accept: "text/html,*/*;q=0.8" });
    expect([page.status, page.headers["content-type"], page.body.toString()]).toEqual([404, "text/html; charset=utf-8", ROWS]);
    const line = await ask("/small/9.9.9/", { accept: "*/*" });
    expect([line.status, line.headers["content-type"]]).toEqual([404, "text/plain; charset=utf-8"]);
  });

  it("reports an invalid encoding of an address", async () => {
    const { ask } = await serving();
    expect((await ask("/small/1.0.0/%E0%A4%A")).status).toBe(400);
  });
});

describe("a preview", () => {
  const PAGE = "/small/preview/";
  const withPreview = async (previews: boolean) => {
    const served = await serving(previews);
    await served.put(".factpress/preview/small/index.html", "not published");
    return served;
  };

  it.each(["127.0.0.1", "127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080", "127.1.2.3"])("is shown under %s", async (host) => {
    const { ask } = await withPreview(true);
    const { status, headers, body } = await ask(PAGE, { host });
    expect([status, body.toString(), headers["cache-control"], headers["cross-origin-resource-policy"]]).toEqual([
      200,
      "not published",
      "no-store",
      "same-origin",
    ]);
  });

  it.each(["evil.example", "127.0.0.1.evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1@evil.example"])(
    "is not shown for %j",
    async (host) => {
      const { ask } = await withPreview(true);
      for (const method of ["GET", "HEAD"]) {
        const { status, body } = await ask(PAGE, { host }, method);
        expect([status, body.includes("not published")]).toEqual([421, false]);
      }
    },
  );

  it("is read by no other site; what is published is", async () => {
    const { put, ask } = await withPreview(true);
    await put("small/1.0.0/a.csv", ROWS);
    const cors = ({ headers }: Answer) => Object.keys(headers).filter((name) => name.startsWith("access-control-"));
    for (const path of [PAGE, "/small/preview/nothing.json"]) expect(cors(await ask(path, { origin: "https://evil.example" }))).toEqual([]);
    expect(cors(await ask(CSV, { host: "data.example.org", origin: "https://evil.example" }))).toEqual([
      "access-control-allow-origin",
      "access-control-expose-headers",
    ]);
  });

  it("is not served unless that is asked for", async () => {
    const { ask } = await withPreview(false);
    expect((await ask(PAGE)).status).toBe(404);
  });

  it.each(["/small/preview/..%2f..%2fx", "/..%2f../preview/x", "/.x/preview/", "/small/preview/.x"])(
    "leads nowhere else: %s",
    async (path) => {
      const { put, ask } = await withPreview(true);
      for (const key of [".factpress/x", ".factpress/preview/.x", ".factpress/preview/small/.x"]) await put(key, "secret");
      const { status, body } = await ask(path);
      expect([status, body.includes("secret")]).toEqual([404, false]);
    },
  );
});
