#!/usr/bin/env node
// A checkout runs its TypeScript directly; a package contains a bundle (bin/pack.ts). Commands that read untrusted data run in a thread
// with limits.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

// A reader of the output may stop reading (`factpress … | head`): the command still runs to its end and returns its exit code.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error) => {
    if (error.code === "EPIPE") return;
    // Standard error itself may be closed.
    if (stream === process.stdout) process.stderr.write(`The output cannot be written: ${error.message}\n`);
    process.exit(3);
  });
// esbuild, which compiles a checkout, reads the current folder while it is loaded.
try {
  process.cwd();
} catch (error) {
  if (error.code !== "ENOENT") throw error;
  process.stderr.write("The current folder no longer exists: change to one that does.\n");
  process.exit(3);
}
const LIMITED = ["check", "build", "diff", "publish", "restore", "apply", "verify", "hook"];
const program = isMainThread && LIMITED.includes(process.argv[2]) ? "run-limited" : "factpress";
if (existsSync(new URL("./factpress.ts", import.meta.url))) {
  const { register } = await import("tsx/esm/api");
  // The configuration of this checkout, not of the current folder.
  register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
  await import(`./${program}.ts`);
} else await import(`../dist/${program}.js`);
