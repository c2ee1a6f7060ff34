import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PROGRAM, scratch, smallDataset, tree, write } from "../../scratch.ts";

async function small(): Promise<{ folder: string; data: string }> {
  const folder = await scratch();
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  return { folder, data: join(folder, "data/small") };
}

const read = async (...path: string[]): Promise<unknown[]> => JSON.parse(await readFile(join(...path), "utf8")) as unknown[];

/** Opens a terminal with Python, waits for each text and then types; the last line printed is the exit code. */
const PTY = `
import os, pty, sys, json, select, time
args, steps = json.loads(sys.argv[1]), json.loads(sys.argv[2])
pid, fd = pty.fork()
if pid == 0: os.execv(args[0], args)
seen = ""
def until(text):
    global seen
    end = time.time() + 30
    while text not in seen:
        if time.time() > end: print(seen); sys.exit("no " + text)
        if select.select([fd], [], [], 0.1)[0]:
            try: seen += os.read(fd, 65536).decode()
            except OSError: return
    seen = seen[seen.index(text) + len(text):]
for text, keys in steps:
    until(text)
    os.write(fd, keys.encode())
until("\\x00 never")
print(seen)
print("exit", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

describe("factpress add in a terminal", () => {
  const type = (folder: string, table: string, steps: [string, string][]): Promise<string> =>
    new Promise((done) => {
      const args = [process.execPath, PROGRAM, "add", table];
      const child = spawn("python3", ["-c", PTY, JSON.stringify(args), JSON.stringify(steps)], {
        cwd: folder,
        env: { ...process.env, TERM: "xterm" },
      });
      let out = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => {
          out += chunk.toString();
        });
      child.once("close", () => done(out));
    });

  it("completes keys and allowed values with Tab", async () => {
    const { folder, data } = await small();
    const out = await type(folder, "levels", [
      ["Tab completes.", "rh\t"],
      ["ine", "\r"],
      ["gauge", "7\r"],
      ["metres", "2\r"],
      ["day", "\r"],
      ["One of: low, high", "hi\t"],
      ["gh", "\r"],
      ["seen", "\r"],
      ["note", "\r"],
      ["Write it to", "\r"],
    ]);
    expect(out).toContain("exit 0");
    expect((await read(data, "levels.json")).at(-1)).toEqual({ river: "rhine", gauge: 7, metres: 2, state: "high" });
  });

  it("ends with Ctrl-C and leaves everything as it was", async () => {
    const { folder, data } = await small();
    const before = await tree(data);
    const out = await type(folder, "levels", [
      ["> ", "rhine\r"],
      ["> ", "\u0003"],
    ]);
    expect(out).toMatch(/Nothing was written\.[\s\S]*exit 130/);
    expect(await tree(data)).toEqual(before);
  });
});
