import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { GitHubLimits } from "./github-limits.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let limits: GitHubLimits;

/** Makes requests one after another, and returns how many were not refused. */
function accepted(count: number, method: string, path: string): number {
  let accepted = 0;
  for (let i = 0; i < count; i++) {
    if (limits.begin(method, path) === undefined) accepted += 1;
    limits.end();
  }
  return accepted;
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
  limits = new GitHubLimits();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the limits of the GitHub that tests ask", () => {
  it.each([
    ["900 points a minute", 900, "GET", "/repos/owner/name", "points a minute"],
    ["2,000 points of queries a minute", 2_000, "POST", "/graphql", "points a minute"],
    ["80 writes a minute", 80, "POST", "/repos/owner/name/check-runs", "writes a minute"],
  ])("are %s", (_title, most, method, path, limit) => {
    expect(accepted(most, method, path)).toBe(most);
    expect(limits.begin(method, path)).toMatchObject({ status: 403, headers: { "retry-after": "60" } });
    limits.end();
    limits.skip(MINUTE - 1);
    expect(accepted(1, method, path)).toBe(0);
    expect(limits.refused).toEqual(Array(2).fill(`${method} ${path}: ${limit}`));
    limits.skip(1 + MINUTE);
    expect(accepted(most, method, path)).toBe(most);
  });

  it("count a write as five points", () => {
    expect(accepted(80, "POST", "/repos/owner/name/check-runs")).toBe(80);
    expect(accepted(501, "GET", "/repos/owner/name")).toBe(500);
  });

  it("are 500 writes an hour", () => {
    for (let i = 0; i < 10; i++) {
      expect(accepted(50, "POST", "/repos/owner/name/check-runs")).toBe(50);
      limits.skip(MINUTE);
    }
    expect(accepted(1, "POST", "/repos/owner/name/check-runs")).toBe(0);
    expect(limits.refused).toEqual(["POST /repos/owner/name/check-runs: writes an hour"]);
    limits.skip(HOUR);
    expect(accepted(1, "POST", "/repos/owner/name/check-runs")).toBe(1);
  });

  it("are 5,000 requests an hour, with queries counted separately", () => {
    for (let i = 0; i < 10; i++) {
      expect(accepted(500, "GET", "/repos/owner/name")).toBe(500);
      limits.skip(MINUTE);
    }
    expect(limits.left).toBe(0);
    expect(limits.begin("GET", "/repos/owner/name")).toMatchObject({ status: 403, headers: { "x-ratelimit-remaining": "0" } });
    limits.end();
    expect(limits.refused).toEqual(["GET /repos/owner/name: requests an hour"]);
    expect(accepted(1, "POST", "/graphql")).toBe(1);
    limits.skip(HOUR);
    expect([limits.left, accepted(1, "GET", "/repos/owner/name")]).toEqual([5_000, 1]);
  });

  it("are 100 requests at once", () => {
    for (let i = 0; i < 100; i++) expect(limits.begin("GET", "/repos/owner/name")).toBeUndefined();
    expect(limits.begin("GET", "/repos/owner/name")).toMatchObject({ status: 403 });
    expect(limits.refused).toEqual(["GET /repos/owner/name: requests at once"]);
    limits.end();
    limits.end();
    expect(limits.begin("GET", "/repos/owner/name")).toBeUndefined();
  });
});
