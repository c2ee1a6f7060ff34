import { afterEach, describe, expect, it, vi } from "vitest";
import { HourlyLimit } from "../../../../lib/adapters/github/hourly-limit.ts";

afterEach(() => void vi.useRealTimers());

describe("HourlyLimit", () => {
  it("allows everything until an answer names the limit", () => {
    const limit = new HourlyLimit();
    expect(limit.left).toBeUndefined();
    expect(() => limit.keep(100)).not.toThrow();
  });

  it("keeps reserved requests, until the hour ends", () => {
    vi.useFakeTimers({ now: 10_000 });
    const limit = new HourlyLimit();
    limit.set(101, 70_000);
    expect(limit.left).toBe(101);
    expect(() => limit.keep(100)).not.toThrow();
    limit.set(100, 70_000);
    try {
      limit.keep(100);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        message: "GitHub allows 100 more requests this hour; 100 are kept for publishing",
        ...{ reason: "unavailable", publicMessage: "GitHub's limit of requests is used up", retryAfterSeconds: 60 },
      });
    }
    vi.setSystemTime(69_999);
    expect(() => limit.keep(100)).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    vi.setSystemTime(70_000);
    expect(limit.left).toBeUndefined();
    expect(() => limit.keep(100)).not.toThrow();
  });

  it("waits a quarter of an hour if the end is unknown", () => {
    const limit = new HourlyLimit();
    limit.set(0, undefined);
    expect(limit.left).toBe(0);
    expect(() => limit.keep(0)).toThrow(expect.objectContaining({ retryAfterSeconds: 900 }));
  });
});
