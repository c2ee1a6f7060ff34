/**
 * Mutation testing: draws a sample of mutants by a seed, lets Stryker run the tests of `npm test` against them, and
 * lists what survived. The direct tests run first, since they are fast: those of the mutant's own room, then all; the
 * other tests run against what these did not kill.
 * Usage, after `npm ci --prefix tests/mutation`:
 *
 *   npm run mutants -- [--sample 200] [--seed 1] [--only lib/release --only lib/engine] [--tests near|unit|tests] [--workers 2]
 *
 * A part of a sample: `--sample 200 --skip 150` tests the last 50 of the 200.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseArgs } from "node:util";
import { Stryker } from "@stryker-mutator/core";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const ROOT = join(import.meta.dirname, "../..");
process.chdir(ROOT);
const { values } = parseArgs({
  options: {
    sample: { type: "string", default: "200" },
    skip: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    only: { type: "string", multiple: true, default: [""] },
    tests: { type: "string", default: "tests" },
    workers: { type: "string", default: "2" },
  },
});

const sources = ["bin", "lambdas", "lib"]
  .flatMap((folder) => readdirSync(folder, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.tsx?$|^viewer-request\.js$/.test(entry.name) && !/\.generated\.ts$|\.d\.ts$/.test(entry.name))
  .map((entry) => join(relative(ROOT, join(ROOT, entry.parentPath)), entry.name))
  // AssemblyScript: a change of it changes nothing before it is compiled.
  .filter((name) => !name.startsWith("lib/kernel/assembly/"))
  .filter((name) => values.only.some((start) => name.startsWith(start)))
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

const PLUGINS = [
  // Stryker's own packages lie in this folder, vitest in that of the project.
  join(import.meta.dirname, "node_modules/@stryker-mutator/vitest-runner/dist/src/index.js"),
  join(import.meta.dirname, "drawn-only.mjs"),
];

/** Runs one kind of tests against mutants, and adds what became of each to `found`. */
async function runTests(kind, drawn, found) {
  if (drawn.length === 0) return;
  console.log(`\n${drawn.length} mutants against the tests of "${kind}"`);
  const coverage = join(ROOT, "node_modules/.cache/factpress-mutation");
  rmSync(coverage, { recursive: true, force: true });
  mkdirSync(coverage, { recursive: true });
  const names = new Set(drawn.map(nameOf));
  writeFileSync(join(coverage, "drawn.json"), JSON.stringify([...names]));
  process.env.FACTPRESS_MUTANT_COVERAGE = coverage;
  process.env.FACTPRESS_MUTANT_TESTS = kind;
  process.env.FACTPRESS_MUTANT_ROOMS = [...new Set(drawn.map(({ fileName }) => basename(roomOf(relative(ROOT, fileName)))))].join(",");
  const results = await new Stryker({
    mutate: [...new Set(drawn.map(rangeOf))],
    plugins: PLUGINS,
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
    checkers: ["drawn-only"],
    concurrency: Number(values.workers),
    dryRunTimeoutMinutes: 60,
    // Direct tests take milliseconds: of a mutant that never ends, waiting four minutes would find out no more.
    timeoutMS: kind === "tests" ? 240_000 : 60_000,
    timeoutFactor: 3,
    reporters: ["as-found"],
    allowConsoleColors: false,
    thresholds: { high: 100, low: 0, break: null },
  }).runMutationTest();
  for (const result of results) {
    const name = nameOf({ ...result, location: fromOne(result.location) });
    if (names.has(name)) found.set(name, result);
  }
}

const mutants = await allMutants();
const sample = draw(mutants, Number(values.sample), values.seed).slice(Number(values.skip));
console.log(
  `${sample.length} of ${mutants.length} mutants, seed ${values.seed}${values.skip === "0" ? "" : `, without the first ${values.skip}`}`,
);
const found = new Map();
const isKilled = (mutant) => ["Killed", "Timeout"].includes(found.get(nameOf(mutant))?.status);
const KINDS = ["near", "unit", "tests"];
for (const kind of KINDS.slice(0, KINDS.indexOf(values.tests) + 1))
  await runTests(
    kind,
    sample.filter((mutant) => !isKilled(mutant)),
    found,
  );

/** Mutants without a visible effect, and why; `line` is the text of their line if other lines have the same original. */
const EQUIVALENT = JSON.parse(readFileSync(join(import.meta.dirname, "equivalent.json"), "utf8"));

const rooms = new Map();
const survivors = [];
for (const mutant of sample) {
  const { fileName, location, mutatorName, replacement, status } = found.get(nameOf(mutant)) ?? { ...mutant, status: "NotRun" };
  const name = relative(ROOT, fileName);
  const room = rooms.get(roomOf(name)) ?? { killed: 0, survived: 0, equivalent: 0 };
  rooms.set(roomOf(name), room);
  if (isKilled(mutant)) {
    room.killed += 1;
    continue;
  }
  const lines = readFileSync(name, "utf8")
    .split("\n")
    .slice(location.start.line - 1, location.end.line);
  const original = lines.length > 1 ? `${lines[0].trim()} …` : lines[0].slice(location.start.column - 1, location.end.column - 1);
  const known = EQUIVALENT.find(
    (one) =>
      one.file === name &&
      one.original === original &&
      one.replacement === replacement &&
      (one.line === undefined || one.line === lines[0].trim()),
  );
  room[known ? "equivalent" : "survived"] += 1;
  survivors.push(
    `${name}:${location.start.line}:${location.start.column} ${mutatorName} (${status})\n  - ${original}\n  + ${replacement}${known ? `\n  equivalent: ${known.why}` : ""}`,
  );
}
const WORDS = ["killed", "survived", "equivalent"];
const line = (name, room) => `${name.padEnd(16)}${WORDS.map((word) => String(room[word]).padStart(12)).join("")}`;
console.log(`\n${"room".padEnd(16)}${WORDS.map((word) => word.padStart(12)).join("")}`);
for (const [name, room] of [...rooms].sort()) console.log(line(name, room));
const total = Object.fromEntries(WORDS.map((word) => [word, [...rooms.values()].reduce((sum, room) => sum + room[word], 0)]));
const percent = ((100 * total.killed) / (total.killed + total.survived)).toFixed(1);
console.log(`${line("all", total)}  ${percent} % killed of those that change something\n`);
for (const survivor of survivors.sort()) console.log(survivor);
