import { defineConfig } from "vitest/config";
import base from "../../vitest.config.ts";

// The tests of `npm test`, one after the other; without those that run the packed program or kill processes at random moments.
const { projects: _projects, sequence: _sequence, ...test } = base.test ?? {};

export default defineConfig({
  test: {
    ...test,
    include: JSON.parse(String(process.env["FACTPRESS_MUTANT_TESTS"])) as string[],
    exclude: ["**/node_modules/**", "tests/suites/**", "tests/package.test.ts"],
    globalSetup: "tests/program.ts",
    setupFiles: ["tests/mutation/setup.ts"],
    testTimeout: 240_000,
  },
});
