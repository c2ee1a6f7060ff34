import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it, onTestFinished } from "vitest";
import { TooLargeError } from "../../../../lib/adapters/folder/too-large-error.ts";
import { UnsafePathError } from "../../../../lib/adapters/folder/unsafe-path-error.ts";
import { httpReader } from "../../../../lib/adapters/http/http-reader.ts";
import { TransferError } from "../../../../lib/adapters/http/transfer-error.ts";

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const drain = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString("utf8");
};

/** Short enough for a test of what is slow; the numbers of the product are in lib/contract/read-limits.ts. */
const LIMITS = { windowMs: 200, windowBytes: 100, totalMs: 60_000 };

describe("a store read over HTTP", () => {
  it("reads an object with its ETag, and one in parts", async () => {
    const base = await serving((request, response) => response.setHeader("etag", '"1"').end(request.url));
    const reader = httpReader(base);
    const got = await reader.get("small/1.0.0/a b?c#d%2e.csv".replace("?", ""));
    expect([got?.etag, Buffer.from(got?.bytes ?? "").toString()]).toEqual(['"1"', "/small/1.0.0/a%20bc%23d%252e.csv"]);
    expect(await drain(reader.read("pages/small/index.html"))).toBe("/small/");
  });

  it("reads the page for missing addresses as a browser gets it", async () => {
    const base = await serving((request, response) =>
      response.writeHead(request.url === "/no.such.page/" ? 404 : 200).end(String(request.headers.accept)),
    );
    expect(Buffer.from((await httpReader(base).get("pages/404.html"))?.bytes ?? "").toString()).toBe("text/html");
  });

  it("has no object if a bucket that may not be listed answers 403, in XML", async () => {
    const denied = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    const base = await serving((_, response) => response.writeHead(403, { "content-type": "application/xml" }).end(denied));
    expect(await httpReader(base).get("a")).toBeUndefined();
  });

  it.each([
    ["text/html", "<p>Blocked by the firewall</p>"],
    ["application/xml", "<Error><Code>SlowDown</Code></Error>"],
    ["application/xml", `<Error><Code>AccessDenied</Code></Error>${" ".repeat(5_000)}`],
    ["text/plain", "<Error><Code>AccessDenied</Code></Error>"],
  ])("fails if the answer is 403 of another origin: %s", async (type, body) => {
    const base = await serving((_, response) => response.writeHead(403, { "content-type": type }).end(body));
    await expect(httpReader(base).get("a")).rejects.toThrow(new TransferError(`${base}/a answers 403`));
  });

  it.each([404, 410])("has no object if the answer is %i", async (status) => {
    const base = await serving((_, response) => response.writeHead(status).end("no"));
    expect(await httpReader(base).get("a")).toBeUndefined();
    await expect(drain(httpReader(base).read("a"))).rejects.toThrow(`${base}/a does not exist`);
  });

  it.each([302, 500, 503])("fails when the answer is %i", async (status) => {
    const base = await serving((_, response) => response.writeHead(status, { location: "http://192.0.2.1/" }).end());
    await expect(httpReader(base).get("a")).rejects.toThrow(new TransferError(`${base}/a answers ${status}`));
  });

  it.each(["../x", "a/../b", "/x", "//evil.example/x", "a\\b"])("sends no request for the key %j", async (key) => {
    let asked = 0;
    const base = await serving((_, response) => {
      asked += 1;
      response.end();
    });
    await expect(httpReader(base).get(key)).rejects.toBeInstanceOf(UnsafePathError);
    expect(asked).toBe(0);
  });

  it("fails if the connection is refused, with the reason", async () => {
    const base = await serving((_, response) => response.destroy());
    await expect(httpReader(base).get("a")).rejects.toThrow(/a cannot be reached: /);
  });

  it("gives up on a server that never answers", async () => {
    const base = await serving(() => {});
    await expect(httpReader(base, LIMITS).get("a")).rejects.toThrow(`${base}/a is too slow; the transfer was aborted`);
  });

  it.each([
    ["says nothing more", 1_000_000],
    ["sends a byte now and then", 20],
  ])("gives up on a server that %s, and closes the connection", async (_what, everyMs) => {
    let isClosed: () => void;
    const closed = new Promise<void>((done) => (isClosed = done));
    const base = await serving((_, response) => {
      response.write(" ");
      const timer = setInterval(() => response.write(" "), everyMs);
      response.on("close", () => {
        clearInterval(timer);
        isClosed();
      });
    });
    const reader = httpReader(base, LIMITS);
    await expect(reader.get("a")).rejects.toThrow(`${base}/a is too slow; the transfer was aborted`);
    await closed;
    await expect(drain(reader.read("a"))).rejects.toBeInstanceOf(TransferError);
  });

  it("gives up on a transfer that never ends, regardless of its speed", async () => {
    const base = await serving((_, response) => {
      const timer = setInterval(() => response.write(Buffer.alloc(1_000)), 10);
      response.on("close", () => clearInterval(timer));
    });
    await expect(drain(httpReader(base, { ...LIMITS, totalMs: 400 }).read("a"))).rejects.toThrow("is too slow");
  });

  it("waits for a slow reader", async () => {
    const base = await serving((_, response) => {
      response.write("abc");
      setTimeout(() => response.end("def"), 50);
    });
    let text = "";
    for await (const chunk of httpReader(base, LIMITS).read("a")) {
      text += Buffer.from(chunk).toString();
      await new Promise((done) => setTimeout(done, LIMITS.windowMs * 2));
    }
    expect(text).toBe("abcdef");
  });

  it("fails when a response ends early, naming it", async () => {
    const base = await serving((_, response) => {
      response.writeHead(200, { "content-length": "100" }).write("abc");
      setTimeout(() => response.destroy(), 20);
    });
    await expect(httpReader(base).get("a")).rejects.toThrow(/a ended early: /);
  });

  it("stops at the limit of a document, counted after decompression", async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1));
    const base = await serving((_, response) => response.setHeader("content-encoding", "gzip").end(bomb));
    await expect(httpReader(base).get("small/releases.json")).rejects.toThrow(
      new TooLargeError(`${base}/small/releases.json is too large: more than 64 MiB`),
    );
    expect((await httpReader(base).get("small/1.0.0/changes.json"))?.bytes.length).toBe(64 * 1024 * 1024 + 1);
  });
});
