import { defineConfig } from "vitest/config";

export default defineConfig({
  // Most tests wait for processes that they started: two files at a time, on two cores as well.
  test: { include: ["tests/**/*.test.ts"], testTimeout: 60_000, hookTimeout: 120_000, maxWorkers: 2 },
});
