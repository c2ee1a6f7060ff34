import { mkdir, readdir, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { directoryStore } from "../../../../lib/adapters/folder/directory-store.ts";
import { NotRegularFileError } from "../../../../lib/adapters/folder/not-regular-file-error.ts";
import { UnsafePathError } from "../../../../lib/adapters/folder/unsafe-path-error.ts";
import { bodyOf } from "../../../../lib/ports/body-of.ts";
import { scratch } from "../../../scratch.ts";

const drain = async (chunks: AsyncIterable<unknown>): Promise<unknown[]> => {
  const all: unknown[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return all;
};

describe("a directory store", () => {
  it.each(["../x", "small/../../x", "small/../x", "/x", "a//b", "a\\b"])("fails when the key is %j, and writes nothing", async (key) => {
    const folder = await scratch();
    const root = join(folder, "store");
    const store = directoryStore(root);
    for (const failing of [
      () => store.putIfAbsent(key, bodyOf(Buffer.from("x"))),
      () => store.putIfMatch(key, Buffer.from("x"), null),
      () => store.get(key),
      () => store.etag(key),
      () => drain(store.read(key)),
    ])
      await expect(failing()).rejects.toBeInstanceOf(UnsafePathError);
    expect(await readdir(folder)).not.toContain("x");
  });

  it("reads no object from a folder, and fails to replace it", async () => {
    const root = await scratch();
    await mkdir(join(root, "small/releases.json"), { recursive: true });
    const store = directoryStore(root);
    expect([await store.get("small/releases.json"), await store.etag("small/releases.json")]).toEqual([undefined, null]);
    await expect(store.putIfMatch("small/releases.json", Buffer.from("x"), null)).rejects.toThrow("EISDIR");
  });

  it("reads and writes through no link", async () => {
    const outside = await scratch();
    await writeFile(join(outside, "secret"), "s");
    const root = await scratch();
    await symlink(outside, join(root, "small"));
    await symlink(join(outside, "secret"), join(root, "file"));
    const store = directoryStore(root);
    for (const key of ["small/secret", "file"]) {
      await expect(store.get(key)).rejects.toBeInstanceOf(NotRegularFileError);
      await expect(drain(store.read(key))).rejects.toBeInstanceOf(NotRegularFileError);
      await expect(store.putIfAbsent(key, bodyOf(Buffer.from("x")))).rejects.toBeInstanceOf(UnsafePathError);
      await expect(store.putIfMatch(key, Buffer.from("x"), null)).rejects.toBeInstanceOf(UnsafePathError);
    }
    expect(await readdir(outside)).toEqual(["secret"]);
    await expect(drain(store.list("small/"))).rejects.toBeInstanceOf(NotRegularFileError);
  });

  it("writes nothing if its own folder is a link", async () => {
    const outside = await scratch();
    const root = await scratch();
    await symlink(outside, join(root, ".factpress"));
    const store = directoryStore(root);
    await expect(store.putIfMatch("a", Buffer.from("x"), null)).rejects.toBeInstanceOf(UnsafePathError);
    await expect(store.putIfAbsent("a", bodyOf(Buffer.from("x")))).rejects.toBeInstanceOf(UnsafePathError);
    expect([await readdir(outside), await readdir(root)]).toEqual([[], [".factpress"]]);
  });

  it("copies a file that is on the same machine, without reading it", async () => {
    const [folder, root] = [await scratch(), await scratch()];
    const path = join(folder, "a.csv");
    await writeFile(path, "id\n");
    const body = {
      ...bodyOf(Buffer.from("id\n")),
      path,
      open: () => {
        throw new Error("it is read");
      },
    };
    const store = directoryStore(root);
    expect(await store.putIfAbsent("d/a.csv", body)).toBe("written");
    expect(await store.putIfAbsent("d/a.csv", body)).toBe("same");
    await writeFile(path, "changed");
    expect(Buffer.from((await store.get("d/a.csv"))?.bytes ?? []).toString()).toBe("id\n");
    await expect(store.putIfAbsent("d/b.csv", { ...body, path: join(folder, "none") })).rejects.toMatchObject({ code: "ENOENT" });
    expect([await readdir(join(root, "d")), await readdir(join(root, ".factpress/tmp"))]).toEqual([["a.csv"], []]);
  });

  it("has no object at a folder or below a file", async () => {
    const root = await scratch();
    await mkdir(join(root, "a"));
    await writeFile(join(root, "f"), "");
    const store = directoryStore(root);
    expect([await store.get("a"), await store.get("f/x"), await store.etag("f/x"), await store.get("b")]).toEqual([
      undefined,
      undefined,
      null,
      undefined,
    ]);
  });

  it("deletes leftovers of killed writers with the next write", async () => {
    const root = await scratch();
    for (const folder of ["tmp", "lock"]) {
      await mkdir(join(root, ".factpress", folder), { recursive: true });
      const left = join(root, ".factpress", folder, ".9e107d9d-372b-4b6c-8d2e-1c2d3e4f5a6b");
      await writeFile(left, "half a file");
      await utimes(left, 0, 0);
    }
    const store = directoryStore(root);
    expect(await store.putIfMatch("a", Buffer.from("x"), null)).toMatch(/^"/);
    expect(await readdir(join(root, ".factpress/tmp"))).toEqual([]);
    expect(await readdir(join(root, ".factpress/lock"))).toEqual(["1"]);
  });
});
