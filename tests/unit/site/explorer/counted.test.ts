import { describe, expect, it } from "vitest";
import { counted } from "../../../../lib/site/explorer/counted.ts";

describe("counted", () => {
  it("groups thousands, and uses the singular for one", () => {
    expect([0, 1, 2000].map((count) => counted(count, ["fact", "facts"]))).toEqual(["0 facts", "1 fact", "2,000 facts"]);
  });
});
