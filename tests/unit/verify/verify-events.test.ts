import { describe, expect, it } from "vitest";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyEvents } from "../../../lib/verify/verify-events.ts";

const event = (version: string, reason: string | null = "wrong", commit: string | null = "c") => ({ version, reason, commit, date: null });
const [a, b] = [event("1.0.0"), event("1.1.0")];
const none = { withdrawn: [], removed: [] };

describe("verifyEvents", () => {
  it("accepts the expected withdrawals and removals", () => {
    for (const events of [none, { withdrawn: [a, b], removed: [] }, { withdrawn: [a], removed: [b, a] }])
      expect(() => verifyEvents("d", events, structuredClone(events))).not.toThrow();
  });

  it.each([
    ["has an event that no commit has", { ...none, removed: [a] }, none, 'has an event under "removed" for 1.0.0 that no commit has'],
    [
      "has another reason",
      { ...none, withdrawn: [event("1.0.0", "x")] },
      { ...none, withdrawn: [a] },
      'has an event under "withdrawn" for 1.0.0 that no commit has',
    ],
    [
      "names another commit",
      { ...none, withdrawn: [event("1.0.0", "wrong", "e")] },
      { ...none, withdrawn: [a] },
      "for 1.0.0 that no commit has",
    ],
    ["has another order", { ...none, withdrawn: [b, a] }, { ...none, withdrawn: [a, b] }, "for 1.1.0 that no commit has"],
    ["has an additional event", { ...none, withdrawn: [a, b] }, { ...none, withdrawn: [a] }, "for 1.1.0 that no commit has"],
    [
      "lacks one",
      { ...none, withdrawn: [a] },
      { ...none, withdrawn: [a, b] },
      'lacks an event under "withdrawn" for 1.1.0 that a commit has',
    ],
    ["lacks all events", none, { ...none, removed: [b] }, 'lacks an event under "removed" for 1.1.0 that a commit has'],
  ])("fails when a catalogue %s", (_what, actual, expected, message) => {
    expect(() => verifyEvents("d", actual, expected)).toThrow(VerificationError);
    expect(() => verifyEvents("d", actual, expected)).toThrow(message);
    expect(() => verifyEvents("d", actual, expected)).toThrow(/^d\/releases\.json /);
  });

  it("accepts missing later events if the catalogue is behind, but no other differences", () => {
    expect(() => verifyEvents("d", { ...none, withdrawn: [a] }, { withdrawn: [a, b], removed: [b] }, true)).not.toThrow();
    expect(() => verifyEvents("d", { ...none, withdrawn: [b] }, { withdrawn: [a, b], removed: [] }, true)).toThrow("no commit has");
    expect(() => verifyEvents("d", { ...none, removed: [a] }, none, true)).toThrow("no commit has");
  });
});
