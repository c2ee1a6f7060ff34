import { execFile } from "node:child_process";
import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fileAliases } from "../lib/adapters/aliases-file.ts";
import { directoryStore } from "../lib/adapters/store-directory.ts";
import { memoryAliases, memoryStore } from "../lib/adapters/store-memory.ts";
import { s3Store } from "../lib/adapters/store-s3.ts";
import { cacheControl, contentType } from "../lib/edge/headers.ts";
import type { Aliases, Body, Store } from "../lib/pipeline/ports.ts";
import { ROOT, scratch, tree } from "./scratch.ts";
import { cephClient, hasCeph, makeBucket, motoClient, pythonWithMoto, type Server, startCeph, startMoto } from "./servers/servers.ts";

const body = (text: string): Body => ({
  bytes: Buffer.byteLength(text),
  sha256: createHash("sha256").update(text).digest("hex"),
  open: async function* () {
    yield Buffer.from(text);
  },
});

const text = (stored: { bytes: Uint8Array } | undefined): string | undefined => stored && Buffer.from(stored.bytes).toString("utf8");
const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });

const servers: Server[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
});

interface Kind {
  name: string;
  /** Why it cannot be tried here; undefined where it can. */
  missing?: string | undefined;
  start?(): Promise<void>;
  open(): Promise<Store>;
}

let moto: Server;
let ceph: Server;
const kinds: Kind[] = [
  { name: "memory", open: async () => memoryStore() },
  { name: "directory", open: async () => directoryStore(await scratch()) },
  {
    name: "S3 (moto)",
    missing: pythonWithMoto() ? undefined : "no Python here has moto",
    async start() {
      moto = await startMoto();
      servers.push(moto);
    },
    async open() {
      const client = motoClient(moto.endpoint);
      return s3Store({ bucket: await makeBucket(client, `b-${randomUUID()}`), prefix: "a/", headersOf, client });
    },
  },
  {
    name: "S3 (Ceph)",
    missing: hasCeph() ? undefined : "Ceph's gateway is not installed (radosgw, ceph-mon, ceph-osd)",
    async start() {
      ceph = await startCeph();
      servers.push(ceph);
    },
    async open() {
      const client = cephClient(ceph.endpoint);
      return s3Store({ bucket: await makeBucket(client, `b-${randomUUID()}`), headersOf, client });
    },
  },
];

describe.each(kinds)("the store: $name", ({ missing, start, open }) => {
  beforeAll(async () => {
    if (missing === undefined) await start?.();
    else if (process.env["CI"] === "true") throw new Error(`${missing}, and CI may skip nothing`);
  }, 120_000);
  const test = (name: string, use: (store: Store) => Promise<void>): void =>
    it(name, async (context) => {
      if (missing !== undefined) return context.skip(missing);
      await use(await open());
    }, 60_000);

  test("puts an object once and says what stands there afterwards", async (store) => {
    expect(await store.putIfAbsent("a/b.csv", body("one"))).toBe("written");
    expect(await store.putIfAbsent("a/b.csv", body("one"))).toBe("same");
    expect(await store.putIfAbsent("a/b.csv", body("two"))).toBe("other");
    expect(text(await store.get("a/b.csv"))).toBe("one");
    expect(await store.get("a/c.csv")).toBeUndefined();
  });

  test("replaces an object only where the ETag is the one that was read", async (store) => {
    const put = (content: string, etag: string | null) => store.putIfMatch("k", Buffer.from(content), etag);
    expect(await put("1", '"x"')).toBeUndefined();
    const first = await put("1", null);
    expect(first).toBeDefined();
    expect((await store.get("k"))?.etag).toBe(first);
    expect(await put("2", null)).toBeUndefined();
    const second = await put("2", first as string);
    expect(second).toBeDefined();
    expect(second).not.toBe(first);
    expect(await put("3", first as string)).toBeUndefined();
    expect(text(await store.get("k"))).toBe("2");
  });

  test("lists what is below a prefix with the ETags that reading gives", async (store) => {
    await store.putIfAbsent("p/1/a.html", body("1"));
    await store.putIfMatch("p/2/a.html", Buffer.from("2"), null);
    await store.putIfAbsent("pq/a.html", body("3"));
    const listed = new Map<string, string>();
    for await (const { key, etag } of store.list("p/")) listed.set(key, etag);
    expect([...listed.keys()].sort()).toEqual(["p/1/a.html", "p/2/a.html"]);
    for (const [key, etag] of listed) expect((await store.get(key))?.etag).toBe(etag);
    for await (const found of store.list("nothing/")) expect(found).toBeUndefined();
  });

  test("lists more than one page of objects", async (store) => {
    const names = Array.from({ length: 1100 }, (_, i) => `n/${i}`);
    for (let i = 0; i < names.length; i += 50) await Promise.all(names.slice(i, i + 50).map((name) => store.putIfAbsent(name, body(name))));
    let count = 0;
    for await (const _ of store.list("n/")) count += 1;
    expect(count).toBe(names.length);
  });

  test("reads and writes a large object in pieces, and an empty one", async (store) => {
    const piece = Buffer.alloc(1 << 20, "x");
    const hash = createHash("sha256");
    for (let i = 0; i < 12; i += 1) hash.update(piece);
    const sha256 = hash.digest("hex");
    const large: Body = {
      bytes: 12 * piece.length,
      sha256,
      open: async function* () {
        for (let i = 0; i < 12; i += 1) yield piece;
      },
    };
    expect(await store.putIfAbsent("large", large)).toBe("written");
    expect(await store.putIfAbsent("large", large)).toBe("same");
    const back = createHash("sha256");
    for await (const chunk of store.read("large")) back.update(chunk);
    expect(back.digest("hex")).toBe(sha256);
    expect(await store.putIfAbsent("empty", body(""))).toBe("written");
    expect(text(await store.get("empty"))).toBe("");
    await expect(async () => {
      for await (const _ of store.read("nothing"));
    }).rejects.toThrow();
  });

  test("lets one of many writers win, whether they put or replace", async (store) => {
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all(Array.from({ length: 8 }, (_, i) => store.putIfAbsent(`race-${round}`, body(`writer ${i}`))));
      expect(outcomes.filter((outcome) => outcome === "written")).toHaveLength(1);
      expect(text(await store.get(`race-${round}`))).toBe(`writer ${outcomes.indexOf("written")}`);
    }
    let etag = (await store.putIfMatch("count", Buffer.from("0"), null)) as string;
    for (let round = 0; round < 5; round += 1) {
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, i) => store.putIfMatch("count", Buffer.from(`${round} ${i}`), etag)),
      );
      const won = outcomes.filter((outcome) => outcome !== undefined);
      expect(won).toHaveLength(1);
      etag = won[0] as string;
      expect((await store.get("count"))?.etag).toBe(etag);
    }
  });
});

describe("where the file system takes only the beginning of a file", () => {
  /** A limit of the size of a file acts like a full disk: the first write is cut short, and only another one would fail. */
  const inLittleSpace = async (modules: Record<string, string>, body: string): Promise<unknown> => {
    const imports = Object.entries(modules).map(([name, path]) => `import { ${name} } from "${join(ROOT, "lib/adapters", path)}";`);
    const code = `${imports.join("")} const big = Buffer.alloc(3 << 20, "x");
      const error = await (async () => { ${body} })().then(() => null, (error) => error.code ?? error.message);
      console.log(JSON.stringify(error));`;
    const command = `ulimit -f 2048; exec "$0" --import tsx --input-type module --eval "$1"`;
    return JSON.parse((await promisify(execFile)("sh", ["-c", command, process.execPath, code], { cwd: ROOT })).stdout) as unknown;
  };
  const none = new Map<string, string>();

  it.each([
    ["putIfAbsent", `store.putIfAbsent("d/a.csv", { bytes: big.length, sha256: "", open: async function* () { yield big; } })`],
    ["putIfMatch", `store.putIfMatch("d/a.csv", big, null)`],
  ])("a directory store fails and keeps no part of it: %s", async (_name, call) => {
    const folder = await scratch();
    const body = `const store = directoryStore(${JSON.stringify(folder)}); await ${call};`;
    expect(await inLittleSpace({ directoryStore: "store-directory.ts" }, body)).toBe("EFBIG");
    expect(await tree(folder)).toEqual(none);
    expect(await tree(join(folder, ".factpress/tmp"))).toEqual(none);
  });

  it("a workspace fails before it says what the file holds", async () => {
    const folder = await scratch();
    const body = `const workspace = await folderWorkspace(${JSON.stringify(folder)});
      const file = await workspace.create("a.csv"); await file.write(big); await file.close();`;
    expect(await inLittleSpace({ folderWorkspace: "workspace-folder.ts" }, body)).toBe("EFBIG");
    expect(await tree(folder)).toEqual(none);
  });
});

describe.each([
  { name: "memory", open: async (): Promise<Aliases> => memoryAliases() },
  { name: "file", open: async (): Promise<Aliases> => fileAliases(directoryStore(join(await scratch(), "store"))) },
])("aliases: $name", ({ open }) => {
  it("take an update whole, and only on the state that was read", async () => {
    const aliases = await open();
    const start = await aliases.etag();
    const next = await aliases.update(
      new Map([
        ["d/latest", "1.0.0"],
        ["d/1.0.0", "listed"],
      ]),
      start,
    );
    expect(next).toBeDefined();
    expect(await aliases.update(new Map([["d/latest", "0.0.1"]]), start)).toBeUndefined();
    expect(await aliases.etag()).toBe(next);
    const last = await aliases.update(
      new Map([
        ["d/1.0.0", undefined],
        ["e/latest", "2.0.0"],
      ]),
      next as string,
    );
    expect(await Promise.all(["d/latest", "d/1.0.0", "e/latest"].map((key) => aliases.get(key)))).toEqual(["1.0.0", undefined, "2.0.0"]);
    expect(await aliases.etag()).toBe(last);
    const keys: string[] = [];
    for await (const key of aliases.list("d/")) keys.push(key);
    expect(keys).toEqual(["d/latest"]);
  });

  it("refuse more keys than the edge store takes at once", async () => {
    const aliases = await open();
    const many = new Map(Array.from({ length: 51 }, (_, i) => [`d/${i}`, "x"]));
    await expect(aliases.update(many, await aliases.etag())).rejects.toThrow("51 keys");
  });
});
