import { describe, expect, it } from "vitest";
import { fileProblem } from "../../../lib/diagnostics/problem.ts";
import type { Commit, History, Position } from "../../../lib/ports/ports.ts";
import { changedCommits } from "../../../lib/publish/changed-commits.ts";
import { PublishRun } from "../../../lib/publish/publish-run.ts";
import { summarizeProblems } from "../../../lib/publish/summarize-problems.ts";
import { Branch, publishing, world } from "../../protocol/world.ts";

describe("a run", () => {
  it("skips versions that other builds have claimed", () => {
    const run = new PublishRun(publishing({ history: new Branch(), ...world() }));
    expect(run.nextFree("1.0.0")).toBe("1.0.0");
    for (const version of ["1.0.0", "1.0.1", "1.0.3"]) run.addClaimed(version);
    expect([run.nextFree("1.0.0"), run.nextFree("1.0.2"), run.nextFree("1.0.3")]).toEqual(["1.0.2", "1.0.2", "1.0.4"]);
  });

  it("looks up the position of a commit once, but never of a pending one", async () => {
    const asked: string[] = [];
    const positions: Record<string, Position> = { a: "on", b: "aside", c: "behind" };
    const history: History = {
      after: async () => ({ position: "on", base: null, commits: [], tip: null }),
      position: async (commit) => {
        asked.push(commit);
        return positions[commit] ?? "unknown";
      },
      isTipWithin: async () => false,
      at: () => {
        throw new Error("Nothing is read");
      },
    };
    const run = new PublishRun(publishing({ history, ...world() }));
    run.pending.add("p");
    const found: boolean[] = [];
    for (const commit of ["a", "b", "c", "d", "a", "b", "p"]) found.push(await run.isOnBranch(commit));
    expect(found).toEqual([true, false, false, false, true, false, true]);
    expect(asked).toEqual(["a", "b", "c", "d"]);
  });
});

it("changedCommits are those with a folder that differs from the previous commit", () => {
  const commit = (id: string, tree: string | null): Commit => ({ id, date: null, tree });
  const commits = [commit("1", "x"), commit("2", "y"), commit("3", "y"), commit("4", null), commit("5", "y"), commit("6", "x")];
  expect(changedCommits({ commits, base: "x" }).map(({ id }) => id)).toEqual(["2", "5", "6"]);
  expect(changedCommits({ commits, base: null }).map(({ id }) => id)).toEqual(["1", "2", "5", "6"]);
});

it("summarizeProblems counts problems and names the first with its place", () => {
  const whole = fileProblem("t.json", "wrong");
  expect(summarizeProblems([whole])).toBe("1 problem, the first in t.json: wrong");
  expect(summarizeProblems([{ ...whole, line: 7 }, whole])).toBe("2 problems, the first in t.json:7: wrong");
});
