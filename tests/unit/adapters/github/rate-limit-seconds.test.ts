import { afterEach, describe, expect, it, vi } from "vitest";
import { rateLimitSeconds } from "../../../../lib/adapters/github/rate-limit-seconds.ts";

afterEach(() => void vi.useRealTimers());

describe("rateLimitSeconds", () => {
  const limited = (more: object = {}) => ({ status: 429, headers: {}, ...more });

  it("is the wait that GitHub names, or a minute", () => {
    expect(rateLimitSeconds(limited())).toBe(60);
    expect(rateLimitSeconds(limited({ headers: { "retry-after": "7" } }))).toBe(7);
    expect(rateLimitSeconds(limited({ headers: { "retry-after": "0" } }))).toBe(60);
  });

  it("is until the limit is reset", () => {
    vi.useFakeTimers({ now: 1_000_500 });
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1010" };
    expect(rateLimitSeconds({ status: 403, headers })).toBe(10);
    expect(rateLimitSeconds({ status: 403, headers: { ...headers, "x-ratelimit-reset": "900" } })).toBe(1);
    expect(rateLimitSeconds({ status: 403, headers: { ...headers, "x-ratelimit-reset": undefined } })).toBe(60);
    expect(rateLimitSeconds({ status: 429, headers: { ...headers, "x-ratelimit-remaining": "5" } })).toBe(60);
  });

  it.each([
    ["403 with a time to wait", { status: 403, headers: { "retry-after": "3" } }, 3],
    [
      "403 with a message about a rate limit",
      { status: 403, headers: {}, data: { message: "You have exceeded a secondary Rate Limit" } },
      60,
    ],
    ["a query with such an error", { status: 200, headers: {}, data: { errors: [null, { type: "RATE_LIMITED" }] } }, 60],
    ["403 for a missing permission", { status: 403, headers: {}, data: { message: "Resource not accessible" } }, undefined],
    ["403 with requests left", { status: 403, headers: { "x-ratelimit-remaining": "1" } }, undefined],
    ["a query with another error", { status: 200, headers: { "retry-after": "3" }, data: { errors: [{ type: "NOT_FOUND" }] } }, undefined],
    ["errors that are no list", { status: 404, headers: {}, data: { errors: "x" } }, undefined],
    ["no answer", undefined, undefined],
  ])("for %s", (_what, answer, seconds) => {
    expect(rateLimitSeconds(answer)).toBe(seconds);
  });
});
