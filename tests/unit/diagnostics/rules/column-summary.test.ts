import { describe, expect, it } from "vitest";
import { columnSummary } from "../../../../lib/diagnostics/rules/column-summary.ts";

describe("columnSummary", () => {
  it("returns the first sentence of a description, up to 100 characters", () => {
    expect(columnSummary({ description: " The v. 2 of it.\nMore. " })).toBe("The v");
    expect(columnSummary({ description: "Version 1.2 of it. More" })).toBe("Version 1.2 of it");
    expect(columnSummary({ description: "Ends here." })).toBe("Ends here");
    expect([columnSummary({ description: " . " }), columnSummary({}), columnSummary(undefined)]).toEqual([undefined, undefined, undefined]);
    expect(columnSummary({ description: "x".repeat(100) })).toBe("x".repeat(100));
    const long = `${"word ".repeat(18)}these, are more than a hundred`;
    expect(columnSummary({ description: long })).toBe(`${"word ".repeat(18)}these …`);
  });
});
