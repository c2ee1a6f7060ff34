import { describe, expect, it } from "vitest";
import { gitHubTime } from "../../../../lib/adapters/github/github-time.ts";

describe("gitHubTime", () => {
  it("writes times without fractions of a second", () => {
    expect(gitHubTime("2026-01-02T03:04:05.678Z")).toBe("2026-01-02T03:04:05Z");
    expect(gitHubTime("2026-01-02T03:04:05+01:00")).toBe("2026-01-02T02:04:05Z");
    expect(gitHubTime(undefined)).toBe("1970-01-01T00:00:00Z");
  });
});
