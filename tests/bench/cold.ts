import { existsSync, readFileSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { startLambda, synthBundles } from "../servers/lambda.ts";
import { NODE_24 } from "../suites/optional.ts";

const RUNS = 7;

/** Size and load time of each function's bundle: what a cold start adds to Lambda's own. */
export async function printColdStarts(): Promise<void> {
  const node = existsSync(NODE_24) ? NODE_24 : process.execPath;
  const out = await mkdtemp(join(tmpdir(), "factpress-cold-"));
  try {
    const { bundles } = await synthBundles(out);
    console.log(
      `\nBundles (${node === NODE_24 ? "Node 24, which Lambda runs" : process.version}; the fastest of ${RUNS} loads, in a process of its own)`,
    );
    for (const [name, bundle] of Object.entries(bundles)) {
      const loads: number[] = [];
      for (let i = 0; i < RUNS; i += 1) {
        const started = await startLambda(bundle, node, {});
        loads.push(started.loadMs);
        await started.stop();
      }
      const { size } = statSync(bundle);
      console.log(
        `  ${name.padEnd(8)} ${(size / 1000).toFixed(0)} kB, ${(gzipSync(readFileSync(bundle)).length / 1000).toFixed(0)} kB gzip   loads in ${Math.min(...loads).toFixed(0)} ms`,
      );
    }
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
