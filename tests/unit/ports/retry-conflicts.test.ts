import { expect, it } from "vitest";
import { MAX_CONFLICTS, retryConflicts } from "../../../lib/ports/retry-conflicts.ts";

it("retries until no other run is faster", async () => {
  const results = [undefined, undefined, "written"];
  expect(await retryConflicts("pages/site.json", async () => results.shift())).toBe("written");
  expect(results).toEqual([]);
});

it("fails after a hundred conflicts in a row", async () => {
  let attempts = 0;
  const retried = retryConflicts("pages/site.json", async () => {
    attempts += 1;
    return undefined;
  });
  await expect(retried).rejects.toThrow("Gave up after 100 conflicts: other runs kept replacing pages/site.json");
  expect(attempts).toBe(MAX_CONFLICTS);
});
