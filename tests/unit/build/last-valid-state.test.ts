import { expect, it } from "vitest";
import { type BranchState, lastValidState, MAX_COMMITS_BACK } from "../../../lib/build/last-valid-state.ts";

const INVALID = "invalid";

/** A branch, newest first: the folder of each commit, null for none. */
async function* branch(...folders: (string | null)[]): AsyncGenerator<BranchState> {
  for (const [i, folderId] of folders.entries()) yield { commit: `commit-${i}`, folderId };
}

async function tried(states: AsyncIterable<BranchState>) {
  const shown: string[] = [];
  const found = await lastValidState(states, {
    name: "main",
    attempt: async ({ folderId }, name) => {
      shown.push(`${folderId}: ${name}`);
      return folderId.startsWith(INVALID) ? INVALID : folderId;
    },
    isInvalid: (result) => result === INVALID,
  });
  return { found, shown };
}

it("tries each state with problems once, until it finds a state without", async () => {
  expect(await tried(branch("invalid-2", "invalid-2", "invalid-1", "good", "older"))).toEqual({
    found: "good",
    shown: [
      "invalid-2: main",
      "invalid-1: commit-2, the last commit of main without problems",
      "good: commit-3, the last commit of main without problems",
    ],
  });
});

it("returns nothing if the branch lacks the dataset, and the newest state if all have problems", async () => {
  expect((await tried(branch("invalid-1", null, "good"))).found).toBe(INVALID);
  expect((await tried(branch(null, "good"))).found).toBeUndefined();
});

it("searches a limited number of commits", async () => {
  const bad = Array.from({ length: MAX_COMMITS_BACK }, (_, i) => `invalid-${i}`);
  expect((await tried(branch(...bad.slice(1), "good"))).found).toBe("good");
  expect((await tried(branch(...bad, "good"))).found).toBe(INVALID);
});

it("returns the newest state if no more can be tried", async () => {
  let left = 2;
  const found = await lastValidState(branch("invalid-2", "invalid-1", "good"), {
    name: "main",
    attempt: async ({ folderId }) => (left-- > 0 ? folderId : undefined),
    isInvalid: (result) => result.startsWith(INVALID),
  });
  expect(found).toBe("invalid-2");
});
