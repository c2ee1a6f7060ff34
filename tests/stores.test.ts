import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { memoryAliases } from "../lib/adapters/memory/memory-aliases.ts";
import { memoryStore } from "../lib/adapters/memory/memory-store.ts";
import { remoteStore } from "../lib/adapters/remote-store.ts";
import type { Aliases } from "../lib/ports/ports.ts";
import { sourceFiles } from "./catch-clauses.ts";
import { ROOT, scratch, tree } from "./scratch.ts";
import { storeContract } from "./store-contract.ts";

storeContract("memory", async () => memoryStore());
storeContract("directory", async () => directoryStore(await scratch()));

describe("the store at an address", () => {
  const headersOf = () => ({ contentType: "text/plain", cacheControl: "no-store" });

  it("is of the type that the scheme names", async () => {
    for (const address of ["s3://bucket", "s3://bucket/a/b"])
      expect(await remoteStore(address, headersOf)).toMatchObject({ store: { putIfAbsent: expect.any(Function) } });
  });

  it.each(["folder", "/s3/bucket", "s3://", "s3://UPPER", "s3:bucket", "ftp://host", "constructor://x"])(
    "is none for %s",
    async (address) => {
      expect(await remoteStore(address, headersOf)).toBeUndefined();
    },
  );

  it("is named only in the list of stores", () => {
    const files = sourceFiles(ROOT, "bin", "lib", "lambdas").filter((path) => !path.startsWith("lib/adapters/aws/"));
    const naming = files.filter((path) =>
      /\/(?:s3-store|s3-reader|key-value-store-aliases)\.ts/.test(readFileSync(join(ROOT, path), "utf8")),
    );
    // The functions run on AWS, where their stack grants them a bucket and its aliases.
    const ofFunctions = ["open-bucket-reader.ts", "open-bucket.ts", "publish/open-aliases.ts"].map((file) => `lambdas/${file}`);
    expect(naming).toEqual(["lib/adapters/store-kinds.ts", ...ofFunctions]);
  });
});

describe("if the file system writes only the beginning of a file", () => {
  /** A limit of the size of a file acts like a full disk: the first write is cut short, and only another one would fail. */
  const inLittleSpace = async (modules: Record<string, string>, body: string): Promise<unknown> => {
    const imports = Object.entries(modules).map(([name, path]) => `import { ${name} } from "${join(ROOT, "lib/adapters/folder", path)}";`);
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
  ])("a directory store fails and keeps none of it: %s", async (_name, call) => {
    const folder = await scratch();
    const body = `const store = directoryStore(${JSON.stringify(folder)}); await ${call};`;
    expect(await inLittleSpace({ directoryStore: "directory-store.ts" }, body)).toBe("EFBIG");
    expect(await tree(folder)).toEqual(none);
    expect(await tree(join(folder, ".factpress/tmp"))).toEqual(none);
  });

  it("a workspace fails before it reports the file's hash", async () => {
    const folder = await scratch();
    const body = `const workspace = await folderWorkspace(${JSON.stringify(folder)});
      const file = await workspace.create("a.csv"); await file.write(big); await file.close();`;
    expect(await inLittleSpace({ folderWorkspace: "folder-workspace.ts" }, body)).toBe("EFBIG");
    expect(await tree(folder)).toEqual(none);
  });
});

describe.each([
  { name: "memory", open: async (): Promise<Aliases> => memoryAliases() },
  { name: "file", open: async (): Promise<Aliases> => fileAliases(directoryStore(join(await scratch(), "store"))) },
  { name: "object", open: async (): Promise<Aliases> => fileAliases(memoryStore()) },
])("aliases: $name", ({ open }) => {
  it("apply an update as a whole, and only to the state that was read", async () => {
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

  it("refuse more keys than the edge store accepts at once", async () => {
    const aliases = await open();
    const many = new Map(Array.from({ length: 51 }, (_, i) => [`d/${i}`, "x"]));
    await expect(aliases.update(many, await aliases.etag())).rejects.toThrow("51 (maximum 50)");
  });
});
