import { randomUUID } from "node:crypto";
import { createServer, type Server as HttpServer, type IncomingMessage, request } from "node:http";
import { afterAll, beforeAll, expect, it } from "vitest";
import { s3Client } from "../../../lib/adapters/aws/s3-reader.ts";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { cacheControl } from "../../../lib/edge/cache-control.ts";
import { contentType } from "../../../lib/edge/content-type.ts";
import type { Store } from "../../../lib/ports/ports.ts";
import { random } from "../../protocol/scheduler.ts";
import { Branch, contents, publish, type World, world } from "../../protocol/world.ts";
import { makeBucket, motoClient, type Server, startMoto } from "../../servers/servers.ts";

/** What a store answers in place of what it should; `after`: the request took effect, and its answer was lost. */
const FAILURES = ["409", "500", "503", "slow", "silent", "500 after", "cut after"] as const;

let moto: Server;
let proxy: HttpServer;
let failureOf: (request: IncomingMessage) => (typeof FAILURES)[number] | undefined = () => undefined;
let failures = 0;

const answer = (status: string, code: string): string =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${status}</Message></Error>`;

beforeAll(async () => {
  moto = await startMoto();
  const { port } = new URL(moto.endpoint);
  proxy = createServer((incoming, outgoing) => {
    const failure = failureOf(incoming);
    if (failure) failures += 1;
    const fail = (status: number): void => {
      outgoing.writeHead(status, { "content-type": "application/xml", connection: "close" });
      outgoing.end(answer(String(status), status === 409 ? "ConditionalRequestConflict" : "InternalError"));
    };
    if (failure === "409" || failure === "500" || failure === "503") {
      incoming.resume().once("end", () => fail(Number(failure)));
      return;
    }
    if (failure === "silent") return;
    const forward = request(
      { port, host: "127.0.0.1", method: incoming.method, path: incoming.url, headers: incoming.headers },
      (response) => {
        if (failure === "500 after") {
          response.resume().once("end", () => fail(500));
          return;
        }
        if (failure === "cut after") {
          response.resume().once("end", () => outgoing.destroy());
          return;
        }
        outgoing.writeHead(response.statusCode as number, response.headers);
        setTimeout(() => response.pipe(outgoing), failure === "slow" ? 300 : 0);
      },
    );
    forward.on("error", () => outgoing.destroy());
    incoming.pipe(forward);
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
});

afterAll(async () => {
  proxy?.closeAllConnections();
  proxy?.close();
  await moto?.stop();
});

async function bucketWorld(): Promise<World & { store: Store; load(): Promise<void> }> {
  const objects = new Map<string, Uint8Array>();
  const entries = new Map<string, string>();
  const bucket = await makeBucket(motoClient(moto.endpoint), `b-${randomUUID()}`);
  const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });
  const client = s3Client({
    endpoint: `http://127.0.0.1:${(proxy.address() as { port: number }).port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "k", secretAccessKey: "s" },
    forcePathStyle: true,
    requestHandler: { requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
  const direct = s3Store({ bucket, headersOf, client: motoClient(moto.endpoint) });
  return {
    objects,
    entries,
    aliases: memoryAliases(entries),
    store: s3Store({ bucket, headersOf, client }),
    async load() {
      for await (const { key } of direct.list("")) objects.set(key, (await direct.get(key))?.bytes as Uint8Array);
    },
  };
}

it("publishes to a store that answers 409, 500, 503, slowly, not at all, or only after the write took effect", async () => {
  const history = new Branch().push(
    { records: { a: "1" } },
    { records: { a: "2" } },
    { records: { a: "2", b: "1" }, withdrawn: [{ version: "1.0.1", reason: "wrong" }] },
  );
  const expected = world();
  await publish({ history, ...expected });
  const seen = new Set<string>();
  for (let seed = 0; seed < 8; seed += 1) {
    const next = random(seed);
    failureOf = () => {
      if (next() >= 0.08) return undefined;
      const failure = FAILURES[Math.floor(next() * FAILURES.length)] as (typeof FAILURES)[number];
      seen.add(failure);
      return failure;
    };
    const w = await bucketWorld();
    for (let i = 0; i < 5; i += 1)
      if (
        await publish({ history, store: w.store, aliases: w.aliases }).then(
          () => true,
          () => false,
        )
      )
        break;
    failureOf = () => undefined;
    await publish({ history, store: w.store, aliases: w.aliases });
    await w.load();
    expect(contents(w)).toEqual(contents(expected));
  }
  expect([...seen].sort()).toEqual([...FAILURES].sort());
  expect(failures).toBeGreaterThan(50);
});
