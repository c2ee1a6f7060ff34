// Loaded into every Node process and thread that a test starts: writes down which mutants it reached.
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import "./contexts.mjs";

const folder = process.env.FACTPRESS_MUTANT_COVERAGE_OF;
let written = 0;

function write() {
  const ids = Object.keys(globalThis.__stryker__?.mutantCoverage?.static ?? {});
  if (ids.length === written) return;
  written = ids.length;
  const path = join(folder, `${process.pid}-${threadId}-${written}`);
  writeFileSync(path, JSON.stringify(ids));
  renameSync(path, `${path}.json`);
}

if (folder) {
  // A thread that is ended from outside says nothing at its end.
  setInterval(write, 100).unref();
  process.on("exit", write);
}
