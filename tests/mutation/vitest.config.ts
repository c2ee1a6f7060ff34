import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import base from "../../vitest.config.ts";

const { projects: _projects, sequence: _sequence, ...test } = base.test ?? {};
/** `near`: direct tests of the mutant's own room; `unit`: all direct tests; `tests`: all others. */
const kind = process.env["FACTPRESS_MUTANT_TESTS"] as "near" | "unit" | "tests";
const INCLUDE = {
  near: String(process.env["FACTPRESS_MUTANT_ROOMS"])
    .split(",")
    .map((room) => `tests/unit/${room}/**/*.test.ts`),
  unit: ["tests/unit/**/*.test.ts"],
  tests: ["tests/**/*.test.ts"],
};

/** The tests of the mutant's own module first, then those of its room. */
class NearestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { activeMutant } = this.ctx.getRootProject().getProvidedContext() as { activeMutant?: string };
    if (activeMutant === undefined) return files;
    const source = readFileSync(join(String(process.env["FACTPRESS_MUTANT_COVERAGE"]), `file-of-${activeMutant}`), "utf8");
    const [, room = ""] = /^(?:lib\/)?([^/]+)/.exec(source) ?? [];
    const module = basename(source).replace(/\.[jt]sx?$/, "");
    const distance = ({ moduleId }: TestSpecification): number =>
      basename(moduleId).startsWith(module) ? 0 : moduleId.includes(`/tests/unit/${room}/`) ? 1 : 2;
    const sorted = files.sort((a, b) => distance(a) - distance(b));
    return kind === "near" ? sorted.filter((file) => distance(file) < 2) : sorted;
  }
}

export default defineConfig({
  plugins: [
    {
      name: "factpress-processes",
      // Stryker asks for threads, in which tests cannot change the working folder.
      configureVitest({ project }) {
        project.config.pool = "forks";
      },
    },
  ],
  test: {
    ...test,
    include: INCLUDE[kind],
    exclude: [
      "**/node_modules/**",
      "tests/suites/**",
      ...(kind === "tests" ? ["tests/unit/**"] : []),
      // They read the text of the sources, which here contains all mutants.
      "tests/unit/catch-clauses.test.ts",
      "tests/unit/language.test.ts",
      "tests/unit/**/printed-commands.test.ts",
      "tests/assets.test.ts",
      "tests/edge-source.test.ts",
      // It runs a packed program.
      "tests/package.test.ts",
    ],
    ...(kind === "tests" ? { globalSetup: "tests/program.ts" } : { isolate: false, passWithNoTests: true }),
    setupFiles: ["tests/bytes-equal.ts", "tests/mutation/setup.ts"],
    sequence: { sequencer: NearestFirst },
    testTimeout: 240_000,
  },
});
