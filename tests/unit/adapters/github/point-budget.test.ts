import { expect, it } from "vitest";
import { PointBudget, pointBudgetCost } from "../../../../lib/adapters/github/point-budget.ts";

/** A clock that moves only while waiting. */
function budget(): { budget: PointBudget; waited: () => number; pass(ms: number): void } {
  let now = 1_000_000;
  const start = now;
  let passed = 0;
  const clock = {
    now: () => now,
    wait: async (ms: number) => {
      now += ms;
    },
  };
  return {
    budget: new PointBudget(clock),
    waited: () => now - start - passed,
    pass(ms) {
      now += ms;
      passed += ms;
    },
  };
}

it("allows 800 points in any minute, and the next one when the oldest are a minute old", async () => {
  const { budget: b, waited, pass } = budget();
  for (let i = 0; i < 400; i += 1) await b.spend(1);
  pass(30_000);
  for (let i = 0; i < 80; i += 1) await b.spend(5);
  expect(waited()).toBe(0);
  await b.spend(1);
  expect(waited()).toBe(30_000);
  for (let i = 0; i < 399; i += 1) await b.spend(1);
  expect(waited()).toBe(30_000);
  await b.spend(5);
  expect(waited()).toBe(60_000);
});

it("does not wait after a minute, or for what costs nothing", async () => {
  const { budget: b, waited, pass } = budget();
  for (let i = 0; i < 160; i += 1) await b.spend(5);
  await b.spend(0);
  pass(60_000);
  await b.spend(5);
  expect(waited()).toBe(0);
});

it("counts as GitHub does", () => {
  const url = "https://api.github.com/repos/o/n/check-runs";
  expect(["GET", "HEAD", "POST", "PATCH"].map((method) => pointBudgetCost(method, url))).toEqual([1, 1, 5, 5]);
  expect(pointBudgetCost("POST", "https://github.example.org/api/graphql")).toBe(0);
});
