import { createHash, randomBytes } from "node:crypto";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import type { Output } from "../../../lib/formats/format.ts";
import type { CompressedEntry } from "../../../lib/formats/zip/zip-entry-compressor.ts";
import { zipFormat } from "../../../lib/formats/zip/zip-format.ts";
import { ZipWriter } from "../../../lib/formats/zip/zip-writer.ts";
import { memoryOutput } from "./memory-output.ts";

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

async function zipped(files: Record<string, Uint8Array[]>): Promise<Buffer> {
  const output = memoryOutput();
  const file = new ZipWriter(output);
  for (const [name, chunks] of Object.entries(files)) await file.add(name, chunks);
  await file.close();
  return output.bytes();
}

const cut = (bytes: Buffer, size: number): Buffer[] => {
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
  return pieces;
};

/** A large chunk of contents. */
const PAGE = Buffer.alloc(2 ** 24);
/** No bytes, deflated. */
const EMPTY = Buffer.from([3, 0]);

/** The values of the ZIP64 extended information of a header whose fields end before `at`, where its name of three bytes starts. */
function extraOf(header: Buffer, at: number): number[] {
  const extra = header.subarray(at + 3);
  expect([extra.readUInt16LE(0), extra.readUInt16LE(2)]).toEqual([1, extra.length - 4]);
  return Array.from({ length: (extra.length - 4) / 8 }, (_, i) => Number(extra.readBigUInt64LE(4 + 8 * i)));
}

/** The values in the ZIP64 end of the central directory and its locator (APPNOTE 4.3.14, 4.3.15). */
function endOf(end: Buffer): Record<"count" | "bytes" | "offset" | "locator", number> {
  expect([end.readUInt32LE(0), end.readUInt32LE(56), end.readUInt32LE(76)]).toEqual([0x0606_4b50, 0x0706_4b50, 0x0605_4b50]);
  const at = (place: number): number => Number(end.readBigUInt64LE(place));
  expect([at(4), at(24)]).toEqual([44, at(32)]);
  return { count: at(32), bytes: at(40), offset: at(48), locator: at(64) };
}

describe("a ZIP file", () => {
  it("stores names and contents exactly, including empty files and non-ASCII names", async () => {
    const noise = randomBytes(300_000);
    const found = unzipSync(await zipped({ "ü/a.txt": [Buffer.from("a")], empty: [], noise: [noise] }));
    expect(Object.keys(found)).toEqual(["ü/a.txt", "empty", "noise"]);
    expect(Buffer.from(found["ü/a.txt"] as Uint8Array).toString()).toBe("a");
    expect(found["empty"]).toHaveLength(0);
    expect(noise.equals(found["noise"] as Uint8Array)).toBe(true);
  });

  it("has the same bytes regardless of chunk boundaries", async () => {
    const text = Buffer.from(Array.from({ length: 40_000 }, (_, i) => `row ${i * i};`).join("\n"));
    const whole = sha256(await zipped({ a: [text] }));
    for (const size of [1_000, 65_536, 65_537, 200_000]) expect(sha256(await zipped({ a: cut(text, size) }))).toBe(whole);
    // Recorded: different bytes require another name for the format, or a new layout.
    expect(whole).toBe("07be6ae586df7c03c20c54c92720baf14908bad8b7f06ecdfdb7aacf36ad7d35");
  });

  it("dates every entry with the first date of the format", async () => {
    const bytes = await zipped({ a: [Buffer.from("a")] });
    expect([bytes.readUInt16LE(10), bytes.readUInt16LE(12)]).toEqual([0, 0x21]);
  });
});

describe("the archive of a release", () => {
  it.each([
    [{ name: "facts.csv", format: "csv" }, true],
    [{ name: "facts.json", format: "json" }, false],
    [{ name: "d.xlsx", format: "xlsx" }, false],
    [{ name: "LICENSE" }, true],
    [{ name: "schema.json" }, true],
    [{ name: "changes.json" }, false],
  ])("decides whether it contains %j: %s", (file, isContained) => {
    expect(zipFormat.contains(file)).toBe(isContained);
  });

  /** An entry that claims a size, but has no contents. */
  const pretended = (bytes: number, compressedBytes = bytes): CompressedEntry => ({ bytes, compressedBytes, crc: 7, async *read() {} });
  const MAX_32 = 0xffff_ffff;

  it("writes sizes and offsets that do not fit into 32 bits as ZIP64 (APPNOTE 4.5.3)", async () => {
    const parts: Buffer[] = [];
    let offset = 0;
    // The first 4 GiB are not kept: only their length counts.
    const writer = new ZipWriter({
      write: async (bytes) => {
        if (bytes !== PAGE) parts.push(Buffer.from(bytes));
        offset += bytes.length;
      },
    } as Output);
    await writer.addCompressed("big", {
      ...pretended(2 ** 33, 2 ** 32),
      async *read() {
        for (let i = 0; i < 2 ** 32 / PAGE.length; i += 1) yield PAGE;
      },
    });
    const far = offset;
    await writer.addCompressed("far", pretended(1));
    const directory = offset;
    await writer.close();
    const [local, , ...rest] = parts as [Buffer, Buffer, ...Buffer[]];
    expect([local.readUInt16LE(4), local.readUInt32LE(18), local.readUInt32LE(22), local.readUInt16LE(28)]).toEqual([
      45,
      MAX_32,
      MAX_32,
      20,
    ]);
    expect(extraOf(local, 30)).toEqual([2 ** 33, 2 ** 32]);
    const [big, second, end] = rest as [Buffer, Buffer, Buffer];
    expect([big.readUInt16LE(6), big.readUInt32LE(20), big.readUInt32LE(24), big.readUInt32LE(42)]).toEqual([45, MAX_32, MAX_32, 0]);
    expect(extraOf(big, 46)).toEqual([2 ** 33, 2 ** 32]);
    expect([second.readUInt16LE(6), second.readUInt32LE(20), second.readUInt32LE(24), second.readUInt32LE(42)]).toEqual([45, 1, 1, MAX_32]);
    expect(extraOf(second, 46)).toEqual([far]);
    expect(endOf(end)).toEqual({
      count: 2,
      bytes: big.length + second.length,
      offset: directory,
      locator: directory + big.length + second.length,
    });
    expect([end.readUInt16LE(76 + 10), end.readUInt32LE(76 + 16)]).toEqual([2, MAX_32]);
  });

  it("counts more than 65,535 entries as ZIP64, which other readers accept", async () => {
    const output = memoryOutput();
    const writer = new ZipWriter(output);
    for (let i = 0; i < 65_536; i += 1)
      await writer.addCompressed(String(i), {
        ...pretended(0, EMPTY.length),
        crc: 0,
        async *read() {
          yield EMPTY;
        },
      });
    await writer.close();
    const bytes = output.bytes();
    const end = bytes.subarray(bytes.length - 98);
    expect(endOf(end)).toMatchObject({ count: 65_536 });
    expect(end.readUInt16LE(76 + 10)).toBe(0xffff);
    expect(Object.keys(unzipSync(bytes))).toHaveLength(65_536);
  });
});
