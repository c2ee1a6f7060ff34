import { describe, expect, it } from "vitest";
import { endedRemovalProblems } from "../../../lib/publish/ended-removal-problems.ts";

const event = (version: string, commit: string | null, reason: string | null = "wrong") => ({ version, reason, commit, date: null });

describe("endedRemovalProblems", () => {
  it("names each removal that dataset.json no longer lists once", () => {
    const removed = [event("1.0.0", "a"), event("1.1.0", "b"), event("1.0.0", "c", "again")];
    const versions = (release: object): string[] =>
      endedRemovalProblems({ removed }, release).map(({ message }) => message.split(" ")[0] ?? "");
    expect(versions({})).toEqual(["1.0.0", "1.1.0"]);
    expect(versions({ removed: [{ version: "1.0.0", reason: "x" }] })).toEqual(["1.1.0"]);
    expect(versions({ removed: removed.map(({ version }) => ({ version, reason: "x" })) })).toEqual([]);
    expect(endedRemovalProblems({ removed: [event("1.0.0", "a")] }, {})).toMatchObject([
      {
        ...{ file: "dataset.json", message: '1.0.0 stays removed although "removed" no longer lists it: a removal is permanent' },
        remedy: "Name it there again. To publish its data again, make a new release of it.",
      },
    ]);
  });
});
