import { mkdir, open, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileChunks } from "../../../../lib/adapters/folder/file-chunks.ts";
import { NotRegularFileError } from "../../../../lib/adapters/folder/not-regular-file-error.ts";
import { openRegularFile } from "../../../../lib/adapters/folder/open-regular-file.ts";
import { readRegularFile, readWholeFile } from "../../../../lib/adapters/folder/read-regular-file.ts";
import { readSmallFile } from "../../../../lib/adapters/folder/read-small-file.ts";
import { TooLargeError } from "../../../../lib/adapters/folder/too-large-error.ts";
import { scratch } from "../../../scratch.ts";
import { makeSocket } from "../../../special-file.ts";

const all = async (chunks: AsyncIterable<Uint8Array>): Promise<string> => {
  const read: Uint8Array[] = [];
  for await (const chunk of chunks) read.push(chunk);
  return Buffer.concat(read).toString("utf8");
};

describe("reading regular files only", () => {
  it("reads a file as a whole and in parts", async () => {
    const path = join(await scratch(), "a");
    await writeFile(path, "abc");
    expect((await readRegularFile(path)).toString()).toBe("abc");
    expect(await all(fileChunks(path))).toBe("abc");
  });

  it("reads a file or a range in chunks, in order", async () => {
    const path = join(await scratch(), "a");
    const bytes = Buffer.from(Uint32Array.from({ length: 700_000 }, (_, i) => i).buffer);
    await writeFile(path, bytes);
    for (const range of [undefined, { start: 5, end: 2_500_001 }, { start: 1 << 20, end: 2 << 20 }, { start: 7, end: 8 }]) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of fileChunks(path, { range })) chunks.push(chunk);
      expect(Buffer.concat(chunks).equals(bytes.subarray(range?.start, range?.end))).toBe(true);
      expect(chunks.length).toBe(Math.ceil(((range?.end ?? bytes.length) - (range?.start ?? 0)) / (1 << 20)));
    }
  });

  it("reads chunks into the same memory where that is allowed, and keeps each until the next one was taken", async () => {
    const path = join(await scratch(), "a");
    const bytes = Buffer.from(Uint32Array.from({ length: 1_700_000 }, (_, i) => i).buffer);
    await writeFile(path, bytes);
    const buffers = new Set<ArrayBufferLike>();
    let before = new Uint8Array(0);
    let at = 0;
    for await (const chunk of fileChunks(path, { reusesMemory: true })) {
      expect(bytes.subarray(at - before.length, at).equals(before)).toBe(true);
      expect(bytes.subarray(at, at + chunk.length).equals(chunk)).toBe(true);
      buffers.add(chunk.buffer);
      before = chunk as Uint8Array<ArrayBuffer>;
      at += chunk.length;
    }
    expect(at).toBe(bytes.length);
    expect(buffers.size).toBe(3);
  });

  it("reads a range of a small file", async () => {
    const path = join(await scratch(), "a");
    await writeFile(path, "abcdef");
    expect(await all(fileChunks(path, { range: { start: 2, end: 4 } }))).toBe("cd");
    expect(await all(fileChunks(path, { range: { start: 4, end: 9 } }))).toBe("ef");
    await expect(all(fileChunks(path, { maxBytes: 5 }))).rejects.toBeInstanceOf(TooLargeError);
  });

  it("reads files of up to 64 KiB at once", async () => {
    const path = join(await scratch(), "a");
    await writeFile(path, Buffer.alloc(64 * 1024, "a"));
    expect(readSmallFile(path)?.toString()).toBe("a".repeat(64 * 1024));
    await writeFile(path, Buffer.alloc(64 * 1024 + 1, "a"));
    expect(readSmallFile(path)).toBeUndefined();
    expect((await readRegularFile(path)).toString()).toBe("a".repeat(64 * 1024 + 1));
  });

  it("can be abandoned while the next chunk is read", async () => {
    const path = join(await scratch(), "a");
    await writeFile(path, Buffer.alloc(3 << 20));
    for await (const chunk of fileChunks(path)) {
      expect(chunk.length).toBe(1 << 20);
      break;
    }
  });

  it("reads an empty file", async () => {
    const path = join(await scratch(), "a");
    await writeFile(path, "");
    expect((await readRegularFile(path, 0)).length).toBe(0);
    expect(await all(fileChunks(path))).toBe("");
  });

  it.each<[string, (path: string) => Promise<unknown>, RegExp]>([
    ["a link to a file", (path) => symlink("/etc/hosts", path), /x is a link, not a regular file/],
    ["a link to a device", (path) => symlink("/dev/zero", path), /x is a link/],
    ["a folder", (path) => mkdir(path), /x is a folder/],
    ["a socket", makeSocket, /x is a socket/],
  ])("fails when it is %s", async (_what, make, says) => {
    const path = join(await scratch(), "x");
    await make(path);
    for (const read of [() => readRegularFile(path), () => all(fileChunks(path)), () => openRegularFile(path)]) {
      await expect(read()).rejects.toThrow(says);
      await expect(read()).rejects.toBeInstanceOf(NotRegularFileError);
    }
  });

  it("follows a link that the user named, to a regular file only", async () => {
    const folder = await scratch();
    await writeFile(join(folder, "a"), "abc");
    await symlink("a", join(folder, "link"));
    expect((await readRegularFile(join(folder, "link"), 3, { followLinks: true })).toString()).toBe("abc");
    expect(await all(fileChunks(join(folder, "link"), { followLinks: true }))).toBe("abc");
    await symlink("/dev/zero", join(folder, "zero"));
    await expect(readRegularFile(join(folder, "zero"), 10, { followLinks: true })).rejects.toThrow(/zero is a device/);
  });

  it("fails with the system's error if there is no file", async () => {
    await expect(readRegularFile(join(await scratch(), "a"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("reads up to the limit, and not one byte more", async () => {
    const path = join(await scratch(), "a");
    await writeFile(path, "abcd");
    expect((await readRegularFile(path, 4)).toString()).toBe("abcd");
    expect(await all(fileChunks(path, { maxBytes: 4 }))).toBe("abcd");
    await expect(readRegularFile(path, 3)).rejects.toThrow(new TooLargeError(`${path} is too large: more than 3 bytes`));
    await expect(all(fileChunks(path, { maxBytes: 3 }))).rejects.toBeInstanceOf(TooLargeError);
    await writeFile(path, Buffer.alloc(1024 * 1024 + 1));
    await expect(readRegularFile(path, 1024 * 1024)).rejects.toThrow(/more than 1 MiB$/);
  });

  it("stops at the limit if a file claims to be empty", async () => {
    const file = await open("/dev/zero");
    onTestFinished(() => file.close());
    await expect(readWholeFile(file, "zero", 100)).rejects.toThrow("zero is too large: more than 100 bytes");
  });
});
