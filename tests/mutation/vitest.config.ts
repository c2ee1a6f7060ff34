import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

// The tests of `npm test`, one after the other; without those that look at the text of the sources, which holds all mutants
// here, and those that run a packed program.
const { projects: _projects, sequence: _sequence, ...test } = base.test ?? {};

export default defineConfig({
  test: {
    ...test,
    include: JSON.parse(String(process.env["FACTPRESS_MUTANT_TESTS"])) as string[],
    exclude: ["**/node_modules/**", "tests/suites/**", "tests/package.test.ts", "tests/assets.test.ts", "tests/edge-source.test.ts"],
    globalSetup: "tests/program.ts",
    setupFiles: ["tests/mutation/setup.ts"],
    testTimeout: 240_000,
  },
});
