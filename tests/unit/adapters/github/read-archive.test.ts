import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { describe, expect, it, vi } from "vitest";
import { blobId } from "../../../../lib/adapters/github/blob-id.ts";
import { readArchive } from "../../../../lib/adapters/github/read-archive.ts";

const MIB = 1024 * 1024;
const BOUNDS = { bytes: MIB, entries: 100 };
const PATH = "data/small/a.json";
/** Compresses badly. */
const NUMBERS = Array.from({ length: 20_000 }, (_, i) => ((i * 7_919) % 25_013).toString(36)).join(" ");

interface TarEntry {
  header: Partial<Header> & Pick<Header, "name">;
  body: string;
}
const file = (name: string, body: string): TarEntry => ({ header: { name, type: "file" }, body });
async function packTar(entries: readonly TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { header, body } of entries) tar.entry(header, body);
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
const wantedOf = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([path, text]) => [path, { sha: blobId(Buffer.from(text)), size: Buffer.byteLength(text) }]));
const gzip = async (...entries: TarEntry[]): Promise<Uint8Array> => gzipSync(await packTar(entries));

/** In chunks, as a network sends it. */
const streamOf = (bytes: Uint8Array, onCancel = () => {}): ReadableStream<Uint8Array> => {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) controller.close();
      else controller.enqueue(bytes.slice(at, at + 1_000));
      at += 1_000;
    },
    cancel: onCancel,
  });
};

async function read(bytes: Uint8Array, wanted: ReturnType<typeof wantedOf>, bounds = BOUNDS): Promise<string[]> {
  const found: string[] = [];
  for await (const one of readArchive(streamOf(bytes), wanted, bounds)) found.push(Buffer.from(one.bytes).toString());
  return found;
}

/** What was read until it failed, and how it did. */
async function readUntil(bytes: Uint8Array, wanted: ReturnType<typeof wantedOf>, bounds = BOUNDS): Promise<[string[], string]> {
  const found: string[] = [];
  try {
    for await (const one of readArchive(streamOf(bytes), wanted, bounds)) found.push(Buffer.from(one.bytes).toString());
    return [found, "it ended"];
  } catch (error) {
    return [found, `${(error as Error).name}: ${(error as Error).message}`];
  }
}

describe("readArchive", () => {
  it("reads the wanted files, with long names and letters of other scripts, and empty ones", async () => {
    const files = { [PATH]: "[1]", [`data/small/${"x".repeat(190)}/\u05d0.json`]: "[2]", "data/small/empty.json": "" };
    const entries = Object.entries(files).map(([path, text]) => file(`owner-name-1/${path}`, text));
    expect(await read(await gzip(file("owner-name-1/README.md", "x".repeat(2_000)), ...entries), wantedOf(files))).toEqual([
      "[1]",
      "[2]",
      "",
    ]);
  });

  it("takes nothing whose path is not wanted, wherever it leads", async () => {
    const paths = [
      "../data/small/a.json",
      "/data/small/a.json",
      "top/../data/small/a.json",
      "top/data/small/../small/a.json",
      "data/small/a.json",
    ];
    expect(await read(await gzip(...paths.map((path) => file(path, "[1]"))), wantedOf({ "wanted.json": "[1]" }))).toEqual([]);
    // The first folder is left out, whatever it is: only the rest is looked up.
    expect(await read(await gzip(file("../data/small/a.json", "[1]")), wantedOf({ [PATH]: "[1]" }))).toEqual(["[1]"]);
  });

  it("passes over links, devices and folders that have the name of a wanted file", async () => {
    const types = ["symlink", "link", "character-device", "block-device", "fifo", "directory"] as const;
    const entries = types.map((type): TarEntry => ({ header: { name: `top/${PATH}`, size: 0, type, linkname: "/etc/passwd" }, body: "" }));
    expect(await read(await gzip(...entries), wantedOf({ [PATH]: "" }))).toEqual([]);
    expect(await read(await gzip(...entries, file(`top/${PATH}`, "")), wantedOf({ [PATH]: "" }))).toEqual([""]);
  });

  it("leaves out bytes that do not match their id, of the same and of another size, and takes each file once", async () => {
    const entries = [file(`top/${PATH}`, "[2]"), file(`top/${PATH}`, "[1, 2]"), file(`top/${PATH}`, "[1]"), file(`top/${PATH}`, "[1]")];
    expect(await read(await gzip(...entries), wantedOf({ [PATH]: "[1]", "other.json": "x" }))).toEqual(["[1]"]);
    expect(await read(await gzip(...entries.slice(0, 2)), wantedOf({ [PATH]: "[1]" }))).toEqual([]);
  });

  it("stops at a bomb: many bytes in one file, in many, and in a long header", async () => {
    const wanted = wantedOf({ "z.json": "z" });
    const bomb = (count: number, size: number) => gzip(...Array.from({ length: count }, (_, i) => file(`top/f${i}`, "\0".repeat(size))));
    const last = file("top/z.json", "z");
    expect((await readUntil(await bomb(1, 20 * MIB), wanted))[1]).toMatch(/^ArchiveError: .* bytes inflated/);
    expect((await readUntil(await bomb(90, 100_000), wanted))[1]).toMatch(/^ArchiveError: .* bytes inflated/);
    expect((await readUntil(await bomb(101, 1), wanted))[1]).toBe("ArchiveError: The archive has more than 100 entries");
    const long = { ...file("top/a", ""), header: { name: "top/a", size: 0, pax: { comment: "x".repeat(20 * MIB) } } };
    expect((await readUntil(await gzip(long, last), wanted))[1]).toMatch(/bytes inflated|Header exceeds max size/);
    expect(await read(await gzip(...Array.from({ length: 99 }, (_, i) => file(`top/f${i}`, "")), last), wanted)).toEqual(["z"]);
  });

  it("stops at compressed bytes that inflate to nothing", async () => {
    const header = gzipSync("").subarray(0, 10);
    // Stored blocks without content, none of which is the last.
    const endless = Buffer.concat([header, Buffer.alloc(5 * MIB).fill(Buffer.from([0, 0, 0, 0xff, 0xff]))]);
    expect((await readUntil(endless, wantedOf({ a: "a" })))[1]).toMatch(/^ArchiveError: .* bytes compressed/);
  });

  it.each([
    ["cut within gzip", (bytes: Uint8Array) => bytes.subarray(0, bytes.length / 2)],
    ["no gzip", () => Buffer.from("<html>Not here</html>")],
    ["no tar", () => gzipSync("x".repeat(2_000))],
    ["empty", () => new Uint8Array()],
  ])("keeps what came before it failed: %s", async (name, damage) => {
    const entries = [file(`top/${PATH}`, "[1]"), file("top/other.json", "x".repeat(100)), file("top/last.json", NUMBERS)];
    const [found, how] = await readUntil(damage(await gzip(...entries)), wantedOf({ [PATH]: "[1]", "last.json": NUMBERS }));
    expect(how).not.toBe("it ended");
    expect(found).toEqual(name === "cut within gzip" ? ["[1]"] : []);
  });

  it("fails on a tar that is cut between blocks, and ends with the last wanted file without reading on", async () => {
    const tar = await packTar([file(`top/${PATH}`, "[1]"), file("top/other.json", "x".repeat(2_000))]);
    expect((await readUntil(gzipSync(tar.subarray(0, 2_048)), wantedOf({ "other.json": "x".repeat(2_000) })))[1]).toContain(
      "Unexpected end of data",
    );
    let isCancelled = false;
    const archive = streamOf(await gzip(file(`top/${PATH}`, "[1]"), file("top/other.json", NUMBERS.repeat(20))), () => {
      isCancelled = true;
    });
    for await (const { bytes } of readArchive(archive, wantedOf({ [PATH]: "[1]" }), BOUNDS))
      expect(Buffer.from(bytes).toString()).toBe("[1]");
    await vi.waitFor(() => expect(isCancelled).toBe(true));
  });
});
