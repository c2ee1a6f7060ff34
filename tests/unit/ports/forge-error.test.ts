import { describe, expect, it } from "vitest";
import { ComparisonError } from "../../../lib/ports/comparison-error.ts";
import { ForgeError } from "../../../lib/ports/forge-error.ts";

describe("ForgeError", () => {
  it("keep what a forge answered", () => {
    const cause = new Error("reset");
    const error = new ForgeError("m", { reason: "unavailable", publicMessage: "p", status: 502, retryAfterSeconds: 7, cause });
    expect(error).toMatchObject({ message: "m", reason: "unavailable", publicMessage: "p", status: 502, retryAfterSeconds: 7, cause });
    const comparison = new ComparisonError(error);
    expect(comparison).toMatchObject({ message: "m", reason: "unavailable", publicMessage: "p", status: 502, cause: error });
    expect(comparison).toBeInstanceOf(ForgeError);
  });
});
