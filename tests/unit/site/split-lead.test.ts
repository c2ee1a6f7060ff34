import { describe, expect, it } from "vitest";
import { splitLead } from "../../../lib/site/page/split-lead.ts";

const words = (count: number): string => Array.from({ length: count }, (_, i) => `word${i}`).join(" ");

describe("the lead of a description", () => {
  it("is all of a short one", () => {
    expect(splitLead("  Rivers and their gauges. Measured daily. ")).toEqual(["Rivers and their gauges. Measured daily.", ""]);
    expect(splitLead("")).toEqual(["", ""]);
  });

  it("is as many whole sentences as fit, and the rest follows", () => {
    const [lead, rest] = ["Who joined, and who says so. It starts in 2020.", `More about ${words(30)}.`];
    expect(splitLead(`${lead} ${rest}`)).toEqual([lead, rest]);
  });

  it.each([
    ["the U.S. Department", "U.S. Department"],
    ["Dr. Who and others", "Dr. Who"],
    ["as e.g. Paris has", "e.g. Paris"],
  ])("does not end after an abbreviation: %s", (start, kept) => {
    const [lead] = splitLead(`All of ${start} and ${words(4)}. Then ${words(40)}.`);
    expect(lead).toContain(kept);
    expect(lead).toBe(`All of ${start} and ${words(4)}.`);
  });

  it("cuts a sentence that is too long between two words, and loses none of it", () => {
    const [lead, rest] = splitLead(words(60));
    expect(lead).toMatch(/ word\d+ …$/);
    expect(lead.length).toBeLessThanOrEqual(162);
    expect(`${lead} ${rest}`.replace(" … … ", " ")).toBe(words(60));
  });

  it("cuts text without spaces between two characters", () => {
    const text = "\u{20000}".repeat(200);
    const [lead, rest] = splitLead(text);
    expect([lead, rest]).toEqual([`${"\u{20000}".repeat(160)} …`, `… ${"\u{20000}".repeat(40)}`]);
    expect(splitLead(`${"国".repeat(50)}。${"名".repeat(300)}`)[0]).toBe(`${"国".repeat(50)}。`);
  });
});
