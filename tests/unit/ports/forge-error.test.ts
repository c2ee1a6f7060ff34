import { describe, expect, it } from "vitest";
import { ForgeComparisonError } from "../../../lib/ports/forge-comparison-error.ts";
import { ForgeError } from "../../../lib/ports/forge-error.ts";

describe("ForgeError", () => {
  it("keeps the forge's answer", () => {
    const cause = new Error("reset");
    const error = new ForgeError("m", { reason: "unavailable", publicMessage: "p", status: 502, retryAfterSeconds: 7, cause });
    expect(error).toMatchObject({ message: "m", reason: "unavailable", publicMessage: "p", status: 502, retryAfterSeconds: 7, cause });
    const comparison = new ForgeComparisonError(error);
    expect(comparison).toMatchObject({ message: "m", reason: "unavailable", publicMessage: "p", status: 502, cause: error });
    expect(comparison).toBeInstanceOf(ForgeError);
  });
});
