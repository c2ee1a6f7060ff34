import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicKeyFrom } from "../../../lib/adapters/folder/public-key-from.ts";
import { readablePath } from "../../../lib/adapters/folder/readable-path.ts";
import { oneLine } from "../../../lib/adapters/git/one-line.ts";
import { lazySource } from "../../../lib/adapters/lazy-source.ts";
import { sourceExcess } from "../../../lib/adapters/source-excess.ts";
import { SharedBlocks } from "../../../lib/adapters/threads/shared-blocks.ts";
import { contentType } from "../../../lib/edge/content-type.ts";
import { isCompressed } from "../../../lib/edge/is-compressed.ts";
import { memorySource } from "../../memory-source.ts";
import { scratch } from "../../scratch.ts";

describe("sourceExcess", () => {
  const limits = { files: 2, totalBytes: 10, fileBytes: 8, depth: 1 } as Parameters<typeof sourceExcess>[1];
  const excess = (...files: [path: string, bytes: number][]): string | undefined =>
    sourceExcess(
      files.map(([path, bytes]) => ({ path, bytes })),
      limits,
    );

  it("is undefined up to each limit", () => {
    expect(excess()).toBeUndefined();
    expect(excess(["a/b", 8], ["c", 2])).toBeUndefined();
  });

  it("names the limit that is exceeded", () => {
    expect(excess(["a", 1], ["b", 1], ["c", 1])).toBe("3 files (maximum 2)");
    expect(excess(["a", 8], ["b", 3])).toBe("11 bytes (maximum 10)");
    expect(excess(["a", 9])).toBe("a has 9 bytes (maximum 8)");
    expect(excess(["a", 1], ["a/b/c", 1])).toBe("a/b/c is nested deeper than 1 folder");
  });
});

describe("lazySource", () => {
  it("is opened once, when it is first used", async () => {
    let opened = 0;
    const source = lazySource(async () => {
      opened += 1;
      return memorySource({ a: "x" });
    });
    expect(opened).toBe(0);
    expect(await source.list()).toEqual([{ path: "a", bytes: 1 }]);
    for await (const chunk of source.read("a")) expect(Buffer.from(chunk).toString()).toBe("x");
    expect(opened).toBe(1);
  });
});

describe("SharedBlocks", () => {
  it("reuses the blocks of holders that were released, if they are large enough", () => {
    const blocks = new SharedBlocks<object>();
    blocks.expect(80);
    const first = blocks.take();
    expect([first.length, first.buffer instanceof SharedArrayBuffer]).toEqual([90, true]);
    const holder = {};
    blocks.release(holder);
    expect(blocks.take()).not.toBe(first);
    blocks.hold(holder, first);
    blocks.release(holder);
    expect(blocks.take()).toBe(first);
    blocks.hold(holder, first);
    blocks.release(holder);
    blocks.release(holder);
    blocks.expect(90);
    expect(blocks.take()).toBe(first);
    expect(blocks.take()).not.toBe(first);
    blocks.hold(holder, first);
    blocks.release(holder);
    blocks.expect(91);
    expect(blocks.take().length).toBe(103);
    blocks.hold(holder, first);
    blocks.release(holder);
    expect(blocks.take()).not.toBe(first);
  });
});

describe("readablePath", () => {
  it("is within the root, and passes through no link", async () => {
    const root = await scratch();
    await mkdir(join(root, "a"));
    await writeFile(join(root, "a", "b"), "x");
    await symlink(join(root, "a"), join(root, "link"));
    expect(await readablePath(root, "a/b")).toBe(join(root, "a/b"));
    expect(await readablePath(root, "missing/b")).toBe(join(root, "missing/b"));
    expect(await readablePath(root, "link")).toBe(join(root, "link"));
    await expect(readablePath(root, "link/b")).rejects.toThrow(`${join(root, "link")} is a link, not a regular file`);
    await expect(readablePath(root, "../x")).rejects.toThrow();
  });
});

describe("keys and lines", () => {
  it("keep a public key without its private part, under its thumbprint", async () => {
    // RFC 7517, appendix A.2.
    const key = {
      ...{ kty: "EC", crv: "P-256", x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM" },
      d: "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
    };
    const { d: _, ...open } = key;
    expect(await publicKeyFrom(key)).toEqual({ ...open, kid: "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s", use: "sig", alg: "ES256" });
  });

  it("end a line that git prints without its line feed only", () => {
    expect([oneLine("a \n"), oneLine("a"), oneLine("a\n\n"), oneLine("a\nb\n")]).toEqual(["a ", "a", "a\n", "a\nb"]);
  });
});

describe("headers of files", () => {
  it("name the media type, with UTF-8 for texts", () => {
    expect(["a.csv", "LICENSE", "a.json", "a.png", "feed.xml"].map((name) => contentType(name))).toEqual([
      "text/csv; charset=utf-8",
      "text/plain; charset=utf-8",
      "application/json",
      "image/png",
      "application/xml",
    ]);
  });

  it("are of files that CloudFront compresses: texts of 1 kB to 10 MB", () => {
    expect([999, 1_000, 10_000_000, 10_000_001].map((bytes) => isCompressed("a.csv", bytes))).toEqual([false, true, true, false]);
    expect(isCompressed("a.png", 5_000)).toBe(false);
  });
});
