import fc from "fast-check";
import { expect, it } from "vitest";
import { daysSinceEpoch } from "../../../../lib/formats/days-since-epoch.ts";

it("counts the days of any date from year 0 to 9999", () => {
  const first = Date.parse("0000-01-01T00:00:00Z") / 86_400_000;
  const last = Date.parse("9999-12-31T00:00:00Z") / 86_400_000;
  fc.assert(
    fc.property(fc.integer({ min: first, max: last }), (day) => {
      expect(daysSinceEpoch(new Date(day * 86_400_000).toISOString().slice(0, 10))).toBe(day);
    }),
    { numRuns: 2000, examples: [[first], [last], [0], [-1]] },
  );
});
