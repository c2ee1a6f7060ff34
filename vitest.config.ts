import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest files start first, so that none of them runs alone at the end. */
const LONGEST = ["aws/chain", "protocol/interleavings", "browser/explorer", "protocol/planted", "aws/hostile"];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at < 0 ? LONGEST.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

const suites = readdirSync(join(import.meta.dirname, "tests/suites"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

const project = (name: string, include: string[], exclude: string[] = []) => ({
  extends: true as const,
  test: { name, include, exclude: ["**/node_modules/**", ...exclude] },
});

export default defineConfig({
  test: {
    // "tests" is what `npm test` runs; each folder of tests/suites is a suite with a script of its own.
    projects: [
      project("tests", ["tests/**/*.test.ts"], ["tests/suites/**"]),
      ...suites.map((name) => project(name, [`tests/suites/${name}/**/*.test.ts`])),
    ],
    globalSetup: "tests/program.ts",
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most tests wait for processes that they started, so two files run side by side on one core as well.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
  },
});
