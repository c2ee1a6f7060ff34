import { describe, expect, it } from "vitest";
import { run, SCENARIOS } from "./scenarios.ts";

/** Interleavings of each scenario. */
const SEEDS = Number(process.env["FACTPRESS_INTERLEAVINGS"] ?? 5);

describe("concurrent publishers, in every order of the seed, with crashes", () => {
  it.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
    "%s",
    async (_name, scenario) => {
      let [calls, crashes] = [0, 0];
      for (let seed = 0; seed < SEEDS; seed += 1) {
        const one = await run(scenario, seed).catch((error: Error) => {
          throw new Error(`seed ${seed}: ${error.message}`, { cause: error });
        });
        calls += one.calls;
        crashes += one.crashes;
      }
      expect(calls).toBeGreaterThan(SEEDS * 20);
      expect(crashes).toBeGreaterThan(SEEDS / 4);
    },
    600_000,
  );
});
