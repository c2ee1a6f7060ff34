import { copyFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { bundle, ROOT, THREADS } from "../../bin/bundle.ts";

/** The bundled programs: one measured task, the floor, and Factpress itself. */
export interface BenchPrograms {
  child: string;
  floor: string;
  program: string;
}

/** Bundles the measured programs like the package, so that compiling TypeScript is not measured. */
export async function bundleBench(folder: string): Promise<BenchPrograms> {
  const threads = Object.fromEntries(THREADS.map((path) => [/([a-z-]+)\.js$/.exec(path)?.[1] as string, path]));
  const entries = {
    child: "tests/bench/child.ts",
    floor: "tests/bench/floor.ts",
    factpress: "bin/factpress.ts",
    "run-limited": "bin/run-limited.ts",
    ...threads,
  };
  await bundle(entries, folder, "");
  for (const path of [join(ROOT, "lib/edge/viewer-request.js"), createRequire(import.meta.url).resolve("sql.js/dist/sql-wasm.wasm")])
    await copyFile(path, join(folder, path.slice(path.lastIndexOf("/") + 1)));
  return { child: join(folder, "child.js"), floor: join(folder, "floor.js"), program: join(folder, "factpress.js") };
}
