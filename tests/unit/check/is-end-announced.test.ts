import { describe, expect, it } from "vitest";
import { isEndAnnounced } from "../../../lib/check/is-end-announced.ts";

describe("isEndAnnounced", () => {
  it("is true with a reason or a successor, or if nothing was released", () => {
    expect([{ reason: "x" }, { continuedAs: "e" }, { isDraft: true as const }].map(isEndAnnounced)).toEqual([true, true, true]);
    expect(isEndAnnounced({})).toBe(false);
  });
});
