import { describe, expect, it } from "vitest";
import { gitHubStatus, unlessGitHubStatus } from "../../../../lib/adapters/github/unless-github-status.ts";

describe("unlessGitHubStatus", () => {
  it("is undefined for expected statuses, and fails for others", async () => {
    const failed = (status?: number) => Promise.reject(Object.assign(new Error("x"), status === undefined ? {} : { status }));
    expect(await unlessGitHubStatus([404], Promise.resolve(1))).toBe(1);
    expect(await unlessGitHubStatus([404, 409], failed(409))).toBeUndefined();
    await expect(unlessGitHubStatus([404], failed(500))).rejects.toThrow("x");
    await expect(unlessGitHubStatus([404], failed())).rejects.toThrow("x");
    expect([gitHubStatus({ status: 404 }), gitHubStatus({})]).toEqual([404, undefined]);
  });
});
