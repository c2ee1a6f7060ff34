#!/usr/bin/env node
// A checkout runs its TypeScript as it stands; a package holds a bundle (bin/pack.ts). Commands that read what others
// wrote run in a thread with limits.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";

// Whoever reads along may stop reading: `factpress … | head`.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
  });
const program = isMainThread && ["check", "publish", "hook"].includes(process.argv[2]) ? "limited" : "factpress";
if (existsSync(new URL("./factpress.ts", import.meta.url))) {
  const { register } = await import("tsx/esm/api");
  // Of this checkout, not of the folder that it is run in.
  register({ tsconfig: fileURLToPath(new URL("../tsconfig.json", import.meta.url)) });
  await import(`./${program}.ts`);
} else await import(`../dist/${program}.js`);
