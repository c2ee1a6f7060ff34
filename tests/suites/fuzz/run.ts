import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { ROOT, smallDataset } from "../../scratch.ts";
import { instrumented } from "./instrument.ts";
import { MAX_BYTES } from "./mutate.ts";
import type { Bases, Files } from "./targets.ts";
import type { Done, Work } from "./worker.ts";

const MISTAKES = join(ROOT, "tests/mistakes");
const ACCORDS = join(ROOT, "data/abraham-accords");
/** An input that takes longer is a finding: it hangs or almost hangs. */
const DEADLINE_MS = 20_000;
const HEAP_MB = 512;

function filesBelow(folder: string, keep = /\.(json|sql)$/): Files {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => keep.test(path));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path))]));
}

const SMALL = Object.fromEntries(
  Object.entries(smallDataset("1.0.0")).map(([name, value]) => [name, Buffer.from(JSON.stringify(value, null, 2))]),
);
const BASES: Bases = { accords: filesBelow(join(MISTAKES, "base")), small: SMALL };
const own = filesBelow(ACCORDS);
const mistakes = filesBelow(MISTAKES);
const seedsOf = (files: Files, name: RegExp): Uint8Array[] =>
  Object.entries(files).flatMap(([path, bytes]) => (name.test(path) && bytes.length < MAX_BYTES / 2 ? [bytes] : []));

const SEEDS: Record<Work["target"], Uint8Array[]> = {
  records: [...seedsOf(own, /^facts\//), ...seedsOf(mistakes, /facts\/.*\.json$/)],
  schema: [...seedsOf(SMALL, /schema/), ...seedsOf(mistakes, /schema\.json$/)],
  metadata: [...seedsOf(SMALL, /dataset/), ...seedsOf(own, /^dataset/), ...seedsOf(mistakes, /dataset\.json$/)],
  sql: seedsOf(own, /\.sql$/),
};

/** Words that occur in our code, which help inputs to reach more of it. */
function wordsOfCode(): string[] {
  const code = ["schema", "diagnostics", "json", "dataset"]
    .flatMap((room) => Object.values(filesBelow(join(ROOT, "lib", room), /\.ts$/)).map(String))
    .join("\n");
  return [...new Set(code.match(/"[^"\\\n]{1,30}"/g))];
}

function fuzz(script: string, work: Work): Promise<Done> {
  return new Promise((resolve) => {
    const worker = new Worker(pathToFileURL(script), {
      workerData: work,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    });
    const head = new Int32Array(work.shared, 0, 2);
    const end = (message: string): void => {
      clearInterval(watch);
      void worker.terminate();
      const input = Buffer.from(new Uint8Array(work.shared, 8, head[1]));
      resolve({ runs: head[0] as number, kept: 0, slowestMs: DEADLINE_MS, findings: [{ message, input }], branches: [] });
    };
    let seen = { number: -1, at: 0 };
    const watch = setInterval(() => {
      const number = Atomics.load(head, 0);
      if (number !== seen.number) seen = { number, at: performance.now() };
      else if (number > 0 && performance.now() - seen.at > DEADLINE_MS) end(`no end within ${DEADLINE_MS / 1000} seconds`);
    }, 500);
    worker.once("error", (error) => end(String(error.stack)));
    worker.once("message", (done: Done) => {
      clearInterval(watch);
      resolve(done);
    });
  });
}

/** Inputs and seconds for each target, whichever is reached first; equal seeds give equal inputs. */
const [runs = "400", seconds = "Infinity", seed = "1", only] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "factpress-fuzz-"));
const taken = new Map<string, boolean>();
let findings = 0;
try {
  const script = join(folder, "worker.mjs");
  writeFileSync(script, await instrumented(join(import.meta.dirname, "worker.ts")));
  const plan = { bases: BASES, words: wordsOfCode(), seed: Number(seed), runs: Number(runs), seconds: Number(seconds) };
  for (const target of (Object.keys(SEEDS) as Work["target"][]).filter((name) => only === undefined || name === only)) {
    const started = performance.now();
    const done = await fuzz(script, { ...plan, target, seeds: SEEDS[target], shared: new SharedArrayBuffer(8 + MAX_BYTES) });
    for (const [branch, isTaken] of done.branches) taken.set(branch, isTaken || taken.get(branch) === true);
    findings += done.findings.length;
    console.log(
      `${target}: ${done.runs} inputs in ${((performance.now() - started) / 1000).toFixed(0)} s, ${done.kept} kept, ` +
        `${done.branches.filter(([, isTaken]) => isTaken).length} branches, slowest ${done.slowestMs.toFixed(0)} ms, ${done.findings.length} findings`,
    );
    for (const { message, input } of done.findings)
      console.log(`  ${message}\n    ${JSON.stringify(Buffer.from(input).toString("latin1"))}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const branches = [...taken.values()].filter(Boolean).length;
console.log(`${branches} of ${taken.size} branches taken, ${findings} findings`);
const isBlind = only === undefined && branches < taken.size / 2;
if (isBlind) console.log("So few branches: nothing steers the inputs, or they get nowhere");
process.exitCode = findings > 0 || isBlind ? 1 : 0;
