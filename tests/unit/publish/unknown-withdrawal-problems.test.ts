import { describe, expect, it } from "vitest";
import { unknownWithdrawalProblems } from "../../../lib/publish/unknown-withdrawal-problems.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";

const event = (version: string, commit: string | null, reason: string | null = "wrong") => ({ version, reason, commit, date: null });

describe("unknownWithdrawalProblems", () => {
  const problems = async (withdrawn: ReturnType<typeof event>[], versions: string[], rewritten?: string) => {
    const dataset = { metadata: { release: rewritten === undefined ? {} : { rewritten } } };
    const isOnBranch = async (commit: string): Promise<boolean> => commit === "here";
    return unknownWithdrawalProblems(isOnBranch, { ...emptyCatalogue("d"), withdrawn }, versions, { dataset } as never);
  };

  it("finds withdrawals by commits that the branch lacks", async () => {
    expect(await problems([event("1.0.0", "here")], ["1.0.0"])).toEqual([]);
    expect(await problems([event("1.0.0", null)], ["1.0.0"])).toEqual([]);
    expect(await problems([event("1.0.0", "away")], [])).toEqual([]);
    expect(await problems([event("1.0.0", "away")], ["1.0.0"], "away")).toEqual([]);
    expect(await problems([event("1.0.0", "away"), event("1.0.0", "here")], ["1.0.0"])).toEqual([]);
    expect(await problems([event("1.0.0", "away"), event("1.1.0", "here")], ["1.0.0", "1.1.0", "1.2.0"])).toMatchObject([
      {
        ...{ file: "dataset.json", message: "1.0.0 was withdrawn by commit away, which is not part of this branch" },
        remedy:
          'Run: git fetch, and merge or rebase onto it. If history was rewritten without that commit, declare it: "rewritten": "away" in the block "release".',
      },
    ]);
  });
});
