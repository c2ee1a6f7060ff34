import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { systemErrorRemedy } from "../../../bin/system-error-remedy.ts";
import { scratch, write } from "../../scratch.ts";

const remedyOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return systemErrorRemedy(error);
};

it("suggests remedies for system errors", async () => {
  const folder = await scratch();
  await write(folder, { file: "x" });
  expect(await remedyOf(mkdir(join(folder, "file/below"), { recursive: true }))).toMatch(/^A file is in place of a folder/);
  expect(await remedyOf(mkdir(join(folder, "file"), { recursive: true }))).toMatch(/^A file is in place of a folder/);
  expect(await remedyOf(mkdtemp(join(folder, "none/x-")))).toMatch(/^The folder for temporary files does not exist/);
  expect(await remedyOf(readFile(join(folder, "none")))).toBeUndefined();
  expect(systemErrorRemedy(new Error("of another kind"))).toBeUndefined();
});
