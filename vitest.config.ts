import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification, type VitestPluginContext } from "vitest/node";
import { CONFORMANCE } from "./tests/suites/optional.ts";

/**
 * The longest files start first, so that none of them runs alone at the end; then those that start git most often: a process that has
 * run other files is larger, and takes several times as long to start another.
 */
const FIRST = [
  "aws/chain",
  "aws/builds",
  "aws/check-builds",
  "aws/hostile",
  "aws/idle",
  "tests/verify",
  "tests/robust",
  "tests/release",
  "tests/publish",
  "tests/shrinking",
  "tests/check-base",
  "github-adapters",
  "lambdas/validate",
  "guides/git-forge",
  "bin/check-unreleased",
  "git/run-git",
  "git/git-history",
  "git/published-branch",
  "protocol/planted",
  "protocol/interleavings",
  "browser/explorer",
];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = FIRST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? FIRST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const suites = readdirSync(join(import.meta.dirname, "tests/suites"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** What a suite does more of than `npm test`. */
const FULL: Record<string, Record<string, string>> = {
  // Eleven scenarios: 10,000 interleavings.
  protocol: { FACTPRESS_INTERLEAVINGS: "910", FACTPRESS_RELEASES: "10000", FACTPRESS_CALL_STEP: "1" },
  aws: { FACTPRESS_HOSTILE_SHARE: "1" },
  fuzz: {
    FACTPRESS_HOSTILE_SHARE: "1",
    FACTPRESS_HOSTILE_PROCESSES: "1",
    FACTPRESS_FUZZ: "2000",
    FACTPRESS_HOSTILE_FILES: "100000",
    FACTPRESS_HOSTILE_MB: "200",
    FACTPRESS_APPLIED: "300",
  },
  imports: { FACTPRESS_TABLES: "200", FACTPRESS_ANY_TABLES: "200" },
  trust: { FACTPRESS_ATTACKS: "10000", FACTPRESS_PUBLISHES: "200" },
  conformance: { FACTPRESS_OPENAPI: join(CONFORMANCE, "github-openapi-extract.json") },
};

/** Tests that mostly wait for processes that they started: more files run side by side than there are cores. */
const WAITING = { maxWorkers: 3 };

const suite = (name: string) => ({
  extends: true as const,
  test: {
    name,
    include: [`tests/suites/${name}/**/*.test.ts`],
    // The program cannot be bundled before the kernel is there.
    globalSetup: [
      "tests/suites/setup.ts",
      ...(name === "kernel" ? [] : ["tests/program.ts"]),
      ...(name === "aws" ? ["tests/suites/aws/shared-moto.ts"] : []),
    ],
    env: { ...FULL[name], ...chosen(FULL[name] ?? {}) },
    ...(name === "aws" ? WAITING : {}),
  },
});

/** What the caller set instead. */
const chosen = (counts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.keys(counts).flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

// The configuration of git on this machine changes nothing: what tests and the programs that they start do with git is theirs.
Object.assign(process.env, {
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: join(import.meta.dirname, "tests/git-config"),
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.org",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.org",
});
for (const name of ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS"])
  delete process.env[name];

const STARTS_THREAD = /\/lib\/adapters\/threads\/(sql-thread|threaded-writer)\.ts$/;

/**
 * The threads of SQLite and of writers from the bundle that tests/program.ts makes, if it did: in a checkout, each thread loads a
 * loader of TypeScript first, which takes longer than most checks. Those of engines may run formats of tests, in TypeScript.
 */
const bundledThreads = {
  name: "bundled-threads",
  // The bundle is in another folder in each run.
  configureVitest({ experimental_defineCacheKeyGenerator }: VitestPluginContext): void {
    experimental_defineCacheKeyGenerator(({ id }) => (STARTS_THREAD.test(id) ? false : undefined));
  },
  transform(code: string, id: string): string | undefined {
    const program = process.env["FACTPRESS_PROGRAM"];
    if (program === undefined || !STARTS_THREAD.test(id)) return undefined;
    return code.replace(/new URL\("\.\/((?:sql|writer)-worker\.js)", import\.meta\.url\)/, (_, name: string) => {
      const bundled = pathToFileURL(join(program, "../../dist", name)).href;
      return `new URL(${JSON.stringify(bundled)})`;
    });
  },
};

/** Tests run most code few times. Optimising it took a tenth of their time; the option has another name in later versions of V8. */
const OPTIMISES_LATER = process.versions.node.startsWith("20.") ? ["--interrupt-budget=1000000"] : [];

const NOT_UNIT = ["**/node_modules/**", "tests/suites/**", "tests/unit/**"];

/** Files that share processes: loading the modules anew for each would take longer than many of the tests. */
const shared = (name: string, files: { include: string[]; exclude: string[] }, ...globalSetup: string[]) => ({
  extends: true as const,
  plugins: [bundledThreads],
  test: { name, isolate: false, ...WAITING, ...files, globalSetup: ["tests/temporary-folder.ts", ...globalSetup] },
});
const tests = shared("tests", { include: ["tests/**/*.test.ts"], exclude: NOT_UNIT }, "tests/program.ts");
const unit = shared("unit", { include: ["tests/unit/**/*.test.ts"], exclude: ["**/node_modules/**"] });

export default defineConfig({
  test: {
    // "tests" and "unit" are what `npm test` runs; each folder of tests/suites is a suite with a script of its own.
    projects: [tests, unit, ...suites.map(suite)],
    setupFiles: "tests/bytes-equal.ts",
    // Projects, and the suites that CI runs one after another, load mostly the same modules.
    experimental: { fsModuleCache: true },
    // A machine may be busy with other things: what hangs is ended, what is slow is not.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Tests make much garbage and keep little: V8 would collect all of a small heap several times a second.
    execArgv: ["--initial-heap-size=512", "--min-semi-space-size=16", "--max-semi-space-size=32", ...OPTIMISES_LATER],
    // The command line does not override this for projects.
    maxWorkers: 2,
    sequence: { sequencer: InOrder },
  },
});
