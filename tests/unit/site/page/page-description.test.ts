import { describe, expect, it } from "vitest";
import { pageDescription } from "../../../../lib/site/page/page-description.ts";

describe("pageDescription", () => {
  it("has as many sentences as fit, or a part of the first", () => {
    expect(pageDescription(["One.", "Two."])).toBe("One. Two.");
    const [long, short] = [`${"x".repeat(295)}.`, "abc"];
    expect(pageDescription([long, short])).toBe(`${long} ${short}`);
    expect(pageDescription([long, `${short}d`])).toBe(long);
    expect(pageDescription(["a.", "y".repeat(298), "b."])).toBe("a.");
    expect(pageDescription(["x".repeat(300)])).toBe("x".repeat(300));
    expect(pageDescription(["x".repeat(301)])).toBe(`${"x".repeat(299)}…`);
    expect(pageDescription([])).toBe("");
  });
});
