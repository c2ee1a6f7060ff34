import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { onTestFinished } from "vitest";
import { type Finished, factpress, scratch } from "./scratch.ts";

interface Hook {
  args: string[];
  cwd: string;
  /** The environment that git gives a hook: its repository, and where the pushed objects are. */
  env: Record<string, string>;
  /** The updates, as git writes them. */
  input: string;
}

/** Runs a hook in this process, with the environment and standard input of the hook. */
async function runHook({ args, cwd, env, input }: Hook): Promise<Finished> {
  const before = { env: { ...process.env }, createReadStream: fs.createReadStream };
  const read = (...[path, options]: Parameters<typeof fs.createReadStream>) =>
    typeof options === "object" && options.fd === 0 ? Readable.from([input]) : before.createReadStream(path, options);
  fs.createReadStream = read as typeof fs.createReadStream;
  syncBuiltinESMExports();
  Object.assign(process.env, env);
  try {
    return await factpress(cwd, ...args);
  } finally {
    fs.createReadStream = before.createReadStream;
    syncBuiltinESMExports();
    for (const name of Object.keys(env))
      if (before.env[name] === undefined) delete process.env[name];
      else process.env[name] = before.env[name];
  }
}

/**
 * Until the test ends, the hooks of remotes that it makes run in this process, one at a time. Git would start a process for each, but
 * starting the program for both hooks of each push would take most of the time of the tests. The tests contribute, limits and package push
 * to the program itself.
 */
export async function hooksHere(): Promise<void> {
  const address = join(await scratch(), "hooks");
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    let sent = "";
    socket.setEncoding("utf8");
    socket.on("data", (text: string) => {
      sent += text;
    });
    socket.on("end", () => {
      const answer = (finished: Finished): void => void socket.end(JSON.stringify(finished));
      runHook(JSON.parse(sent) as Hook).then(answer, (error: Error) => answer({ code: 1, out: `The hook failed: ${error.stack}\n` }));
    });
  });
  await new Promise<void>((done) => server.listen(address, done));
  process.env["FACTPRESS_HOOKS"] = address;
  onTestFinished(() => {
    delete process.env["FACTPRESS_HOOKS"];
    server.close();
  });
}
