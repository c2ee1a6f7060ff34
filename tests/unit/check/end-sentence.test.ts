import { describe, expect, it } from "vitest";
import { endSentence } from "../../../lib/check/end-sentence.ts";
import { unannouncedEnd } from "../../../lib/check/unannounced-end.ts";

describe("endSentence", () => {
  it("is a sentence", () => {
    expect(endSentence({ continuedAs: "e", reason: "x" })).toBe("continues as e. Its releases stay published, and its page links to it.");
    expect(endSentence({ isDraft: true, reason: "x" })).toBe("was deleted. It had no release.");
    expect(endSentence({ reason: "The agency closed" })).toBe(
      "ends: The agency closed. Its releases stay published, and its page shows it.",
    );
    const { message, remedy } = unannouncedEnd("d", "1.0.0");
    expect(message).toBe("was deleted: 1.0.0 has it. Its releases stay published, and its page will show that it ended.");
    expect(remedy).toContain('"continues": "d" in the block "release"');
    expect(remedy).toContain('"ended": "WHY" in the block "release"');
  });
});
