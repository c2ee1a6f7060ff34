import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hasErrorCode } from "../../../../lib/adapters/folder/has-error-code.ts";
import { ifExists } from "../../../../lib/adapters/folder/if-exists.ts";
import { scratch, write } from "../../../scratch.ts";

it("returns undefined if there is no file, and throws every other failure", async () => {
  const folder = await scratch();
  await write(folder, { file: "x" });
  expect((await ifExists(stat(join(folder, "file"))))?.isFile()).toBe(true);
  expect(await ifExists(stat(join(folder, "none")))).toBeUndefined();
  expect(await ifExists(stat(join(folder, "file/below")))).toBeUndefined();
  await expect(ifExists(readFile(folder))).rejects.toMatchObject({ code: "EISDIR" });
  await expect(ifExists(Promise.reject(new TypeError("x")))).rejects.toThrow(TypeError);
});

it("recognizes an error by its code", () => {
  expect(hasErrorCode(Object.assign(new Error("x"), { code: "EPERM" }), "ENOENT", "EPERM")).toBe(true);
  expect(hasErrorCode(Object.assign(new Error("x"), { code: "EPERM" }), "ENOENT")).toBe(false);
  expect(hasErrorCode(undefined, "ENOENT")).toBe(false);
  expect(hasErrorCode(new Error("x"))).toBe(false);
});
