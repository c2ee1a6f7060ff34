import { describe, expect, it } from "vitest";
import { parseBuildRequest } from "../../../lambdas/build-request.ts";
import { parseCheckRequest } from "../../../lambdas/check-request.ts";

const SHA = "a".repeat(40);
const AT = "2026-01-02T03:04:05Z";
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

describe("requests to publish in a build", () => {
  const request = { tips: [SHA], datasets: ["rivers"], tries: 1, at: AT };
  it("are read as they were written", () => {
    expect(parseBuildRequest(bytes({ ...request, other: 1 }))).toEqual(request);
    expect(parseCheckRequest(bytes({ at: AT }))).toStrictEqual({ at: AT });
    const methods = { merge: true, squash: false, rebase: true };
    expect(parseCheckRequest(bytes({ at: AT, methods: { ...methods, other: 1 } }))).toEqual({ at: AT, methods });
  });

  it.each([
    ["{"],
    ["null"],
    [{ ...request, tips: SHA }],
    [{ ...request, tips: [1] }],
    [{ ...request, datasets: "rivers" }],
    [{ ...request, datasets: ["../x"] }],
    [{ ...request, datasets: [1] }],
    [{ ...request, tries: 0.5 }],
    [{ ...request, tries: "1" }],
    [{ ...request, at: 1 }],
    [{ ...request, at: "soon" }],
  ])("that are damaged are no requests to publish: %j", (value) => {
    expect(parseBuildRequest(bytes(value))).toBeUndefined();
  });
});
