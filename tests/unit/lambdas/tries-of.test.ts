import { describe, expect, it } from "vitest";
import { triesOf } from "../../../lambdas/tries-of.ts";

describe("triesOf", () => {
  it("is how often the queue delivered a message", () => {
    expect(triesOf({ attributes: { ApproximateReceiveCount: "3" } as never })).toBe(3);
    expect(triesOf({ attributes: {} as never })).toBe(1);
  });
});
