import { createHash, randomBytes } from "node:crypto";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
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

describe("a ZIP file", () => {
  it("holds names and contents exactly, empty files and names beyond ASCII too", async () => {
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
    // Recorded: other bytes need another name for the format, or a new layout.
    expect(whole).toBe("07be6ae586df7c03c20c54c92720baf14908bad8b7f06ecdfdb7aacf36ad7d35");
  });

  it("dates every entry on the first day that the format can write", async () => {
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
});
