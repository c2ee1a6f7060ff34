import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { explainError, isDiskError } from "../../../bin/explain-error.ts";
import { scratch, write } from "../../scratch.ts";

const remedyOf = async (work: Promise<unknown>): Promise<string | undefined> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  return explainError(error as Error).remedy;
};

it("suggests remedies for system errors", async () => {
  const folder = await scratch();
  await write(folder, { file: "x" });
  expect(await remedyOf(mkdir(join(folder, "file/below"), { recursive: true }))).toMatch(/^A file is in place of a folder/);
  expect(await remedyOf(mkdir(join(folder, "file"), { recursive: true }))).toMatch(/^A file is in place of a folder/);
  expect(await remedyOf(mkdtemp(join(folder, "none/x-")))).toMatch(/^The folder for temporary files does not exist/);
  expect(await remedyOf(readFile(join(folder, "none")))).toBeUndefined();
  expect(explainError(new Error("of another kind\u001b"))).toEqual({ message: "of another kind\\u001b" });
});

it("names the cause and the place of a full disk", async () => {
  const folder = await scratch();
  await write(folder, { file: "x" });
  const error: Error = await writeFile("/dev/full", "x").catch((reason) => reason);
  expect(explainError(error)).toEqual({ message: "The disk is full", remedy: "Free some space and run the command again." });
  const copy = Object.assign(new Error("ENOSPC: copyfile"), { code: "ENOSPC", syscall: "copyfile", path: "/from", dest: "/to" });
  expect(explainError(copy).message).toBe("The disk is full: /to");
  const port = Object.assign(new Error("listen EACCES: permission denied 127.0.0.1:80"), { code: "EACCES", syscall: "listen", port: 80 });
  expect(explainError(port).message).toBe("listen EACCES: permission denied 127.0.0.1:80");
  expect([isDiskError(copy), isDiskError(new Error("of another kind"))]).toEqual([true, false]);
});
