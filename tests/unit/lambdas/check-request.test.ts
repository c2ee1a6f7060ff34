import { describe, expect, it } from "vitest";
import { parseCheckRequest } from "../../../lambdas/check-request.ts";

const AT = "2026-01-02T03:04:05Z";
const bytes = (value: unknown): Uint8Array => Buffer.from(typeof value === "string" ? value : JSON.stringify(value));

describe("requests to check in a build", () => {
  it.each([["{"], ["null"], [{}], [{ at: 1 }], [{ at: "soon" }]])("that are damaged are no requests to check: %j", (value) => {
    expect(parseCheckRequest(bytes(value))).toBeUndefined();
  });

  it.each([
    [null],
    ["x"],
    [{}],
    [{ merge: true, squash: true }],
    [{ merge: true, squash: "x", rebase: true }],
    [{ merge: 1, squash: true, rebase: true }],
    [{ merge: true, squash: true, rebase: null }],
  ])("have no merge methods if those are damaged: %j", (methods) => {
    expect(parseCheckRequest(bytes({ at: AT, methods }))).toStrictEqual({ at: AT });
  });
});
