/**
 * Mutation testing: draws a sample of mutants by a seed, lets Stryker run the tests of `npm test` against them, and
 * lists what survived. Usage, after `npm ci --prefix tests/mutation`:
 *
 *   npm run mutants -- [--sample 200] [--seed 1] [--only lib/release] [--tests tests/dataset.test.ts]
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const ROOT = join(import.meta.dirname, "../..");
process.chdir(ROOT);
const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    tests: { type: "string", multiple: true, default: ["tests/**/*.test.ts"] },
    workers: { type: "string", default: "2" },
  },
});

const sources = ["bin", "lambdas", "lib"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$|^viewer-request\.js$/.test(entry.name) && !/\.generated\.ts$|\.d\.ts$/.test(entry.name))
  .map((entry) => join(relative(ROOT, join(ROOT, entry.parentPath)), entry.name))
  .filter((name) => name.startsWith(values.only))
  .sort();

const silent = { isDebugEnabled: () => false, debug() {}, info() {}, warn() {}, error() {} };
/** Where a mutant is, as Stryker's option "mutate" takes it: lines from 1, columns from 0. */
const rangeOf = ({ fileName, location: { start, end } }) =>
  `${relative(ROOT, fileName)}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
const nameOf = (mutant) => `${rangeOf(mutant)} ${mutant.mutatorName} ${mutant.replacement}`;
/** Results count lines and columns from 1. */
const fromOne = ({ start, end }) => ({
  start: { line: start.line - 1, column: start.column - 1 },
  end: { line: end.line - 1, column: end.column - 1 },
});

async function allMutants() {
  const files = sources.map((name) => ({ name: join(ROOT, name), mutate: true, content: readFileSync(name, "utf8") }));
  const options = { plugins: null, ignorers: [], excludedMutations: [], mutationRangeDescription: undefined };
  return (await new Instrumenter(silent).instrument(files, options)).mutants;
}

/** The mutants with the lowest hashes: a change in one place leaves the rest of the sample as it was. */
function draw(mutants, count, seed) {
  const rank = (mutant) =>
    createHash("sha256")
      .update(`${seed} ${nameOf(mutant)}`)
      .digest("hex");
  return mutants
    .map((mutant) => ({ mutant, rank: rank(mutant) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ mutant }) => mutant);
}

const roomOf = (name) => (/^lib\/[^/]+/.exec(name) ?? /^[^/]+/.exec(name))[0];

const mutants = await allMutants();
const sample = draw(mutants, Number(values.sample), values.seed);
const wanted = new Set(sample.map(nameOf));
console.log(`${sample.length} of ${mutants.length} mutants, seed ${values.seed}`);

const coverage = join(ROOT, "node_modules/.cache/factpress-mutation");
rmSync(coverage, { recursive: true, force: true });
mkdirSync(coverage, { recursive: true });
process.env.FACTPRESS_MUTANT_COVERAGE = coverage;
process.env.FACTPRESS_MUTANT_TESTS = JSON.stringify(values.tests);
const results = await new Stryker({
  mutate: [...new Set(sample.map(rangeOf))],
  // Stryker's own packages lie in this folder, vitest in that of the project.
  plugins: [join(import.meta.dirname, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js")],
  testRunner: "vitest",
  vitest: { configFile: "tests/mutation/vitest.config.ts", related: false },
  coverageAnalysis: "perTest",
  ignoreStatic: false,
  ignorePatterns: ["/.git", "/cdk.out", "/out", "/store", "/dist", "*.tgz"],
  symlinkNodeModules: true,
  disableTypeChecks: false,
  // Stryker rewrites a tsconfig with an interface that TypeScript 7 does not have; this one needs no rewriting.
  tsconfigFile: "none",
  allowEmpty: true,
  checkers: [],
  concurrency: Number(values.workers),
  dryRunTimeoutMinutes: 60,
  timeoutMS: 60_000,
  timeoutFactor: 3,
  reporters: ["progress-append-only"],
  allowConsoleColors: false,
  thresholds: { high: 100, low: 0, break: null },
}).runMutationTest();

const rooms = new Map();
const survivors = [];
for (const result of results) {
  if (!wanted.has(nameOf({ ...result, location: fromOne(result.location) }))) continue;
  const { fileName, location, mutatorName, replacement, status } = result;
  const name = relative(ROOT, fileName);
  const room = rooms.get(roomOf(name)) ?? { killed: 0, survived: 0 };
  rooms.set(roomOf(name), room);
  if (status === "Killed" || status === "Timeout") room.killed += 1;
  else {
    room.survived += 1;
    const lines = readFileSync(name, "utf8")
      .split("\n")
      .slice(location.start.line - 1, location.end.line);
    const original = lines.length > 1 ? `${lines[0].trim()} …` : lines[0].slice(location.start.column - 1, location.end.column - 1);
    survivors.push(
      `${name}:${location.start.line}:${location.start.column} ${mutatorName} (${status})\n  - ${original}\n  + ${replacement}`,
    );
  }
}
console.log("\nroom              killed  survived");
const total = { killed: 0, survived: 0 };
for (const [name, { killed, survived }] of [...rooms].sort()) {
  console.log(`${name.padEnd(16)}${String(killed).padStart(8)}${String(survived).padStart(10)}`);
  total.killed += killed;
  total.survived += survived;
}
const percent = ((100 * total.killed) / (total.killed + total.survived)).toFixed(1);
console.log(`${"all".padEnd(16)}${String(total.killed).padStart(8)}${String(total.survived).padStart(10)}  ${percent} % killed\n`);
for (const survivor of survivors.sort()) console.log(survivor);
