import { execFile } from "node:child_process";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { readNamedFile } from "../../../../lib/adapters/folder/read-named-file.ts";
import { ROOT, scratch } from "../../../scratch.ts";

/** Calls the garbage collector, and waits for what it closes. */
const COLLECT = '(f => { f(); return new Promise((done) => setTimeout(done, 50)); })(require("vm").runInNewContext("gc"))';

/** Reads what a shell pipes into standard input, in a process of its own; what it read, or why it did not. */
function readPiped(script: string): Promise<string> {
  const module = pathToFileURL(join(ROOT, "lib/adapters/folder/read-named-file.ts")).href;
  const code = `import("${module}").then((m) => m.readNamedFile("/dev/stdin", 10, 300)).then(async (b) => { await ${COLLECT}; process.stdout.write(b); }, (e) => process.stdout.write(e.message));`;
  return new Promise((done) => {
    execFile(
      "sh",
      ["-c", `${script} | "$0" --expose-gc --import tsx -e '${code}'`, process.execPath],
      { cwd: ROOT },
      (_error, stdout, stderr) => done(`${stdout}${stderr}`),
    );
  });
}

describe("a file that the user named", () => {
  it("is a regular file, or the target of a link, within the limit", async () => {
    const folder = await scratch();
    await writeFile(join(folder, "a"), "abc");
    await symlink("a", join(folder, "b"));
    for (const name of ["a", "b"]) expect((await readNamedFile(join(folder, name), 3)).toString()).toBe("abc");
    await expect(readNamedFile(join(folder, "a"), 2)).rejects.toThrow("a is too large: more than 2 bytes");
    await expect(readNamedFile(folder, 2)).rejects.toThrow("is a folder");
    await expect(readNamedFile("/dev/zero", 2)).rejects.toThrow("/dev/zero is a device");
    await expect(readNamedFile(join(folder, "c"), 2)).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("is a pipe, within the limit, which is closed once", async () => {
    expect(await readPiped("printf abcdefghij")).toBe("abcdefghij");
    expect(await readPiped("printf abcdefghijk")).toBe("/dev/stdin is too large: more than 10 bytes");
  });
});
