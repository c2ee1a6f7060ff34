import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hasCode, ifThere } from "../../../../lib/adapters/folder/system-error.ts";
import { scratch, write } from "../../../scratch.ts";

it("answers undefined where nothing stands, and throws every other failure", async () => {
  const folder = await scratch();
  await write(folder, { file: "x" });
  expect((await ifThere(stat(join(folder, "file"))))?.isFile()).toBe(true);
  expect(await ifThere(stat(join(folder, "none")))).toBeUndefined();
  expect(await ifThere(stat(join(folder, "file/below")))).toBeUndefined();
  await expect(ifThere(readFile(folder))).rejects.toMatchObject({ code: "EISDIR" });
  await expect(ifThere(Promise.reject(new TypeError("x")))).rejects.toThrow(TypeError);
});

it("knows an error by its code", () => {
  expect(hasCode(Object.assign(new Error("x"), { code: "EPERM" }), "ENOENT", "EPERM")).toBe(true);
  expect(hasCode(Object.assign(new Error("x"), { code: "EPERM" }), "ENOENT")).toBe(false);
  expect(hasCode(undefined, "ENOENT")).toBe(false);
  expect(hasCode(new Error("x"))).toBe(false);
});
