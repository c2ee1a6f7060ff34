import { describe, expect, it } from "vitest";
import { readOverview } from "../../../../lib/adapters/github/read-overview.ts";
import { failureOf, gitHubOf, REPOSITORY } from "./fake-github.ts";

describe("readOverview", () => {
  const check = (...runs: { status: string; startedAt: string | null }[]) => ({ checkSuites: { nodes: [{ checkRuns: { nodes: runs } }] } });
  const pull = (number: number, ...runs: { status: string; startedAt: string | null }[]) => ({
    number,
    headRefOid: `sha${number}`,
    commits: { nodes: [{ commit: check(...runs) }] },
  });
  const page = (nodes: unknown[], next: string | null = null, more: object = {}) => ({
    ...{ nameWithOwner: "O/R", defaultBranchRef: { name: "main" }, ref: { target: { oid: "tip" } }, refs: null },
    pullRequests: { pageInfo: { hasNextPage: next !== null, endCursor: next }, nodes },
    ...more,
  });

  it("has the tip, open pull requests and their checks", async () => {
    const done = { status: "COMPLETED", startedAt: "t1" };
    const running = { status: "IN_PROGRESS", startedAt: "t2" };
    const { github, asked } = gitHubOf(
      page([
        pull(1, done),
        pull(2, running),
        pull(3),
        pull(4, running, done),
        { ...pull(5), commits: { nodes: [] } },
        pull(6, { status: "QUEUED", startedAt: "t" }),
      ]),
    );
    expect(await readOverview(github, REPOSITORY, "main", 7)).toEqual({
      tip: "tip",
      pulls: [
        { number: 1, sha: "sha1", hasVerdict: true },
        { number: 2, sha: "sha2", hasVerdict: false, startedAt: "t2" },
        { number: 3, sha: "sha3", hasVerdict: false },
        { number: 4, sha: "sha4", hasVerdict: true },
        { number: 5, sha: "sha5", hasVerdict: false },
        { number: 6, sha: "sha6", hasVerdict: false },
      ],
    });
    expect(asked[0]?.variables).toEqual({
      ...{
        owner: "o",
        name: "r",
        branch: "main",
        ref: "refs/heads/main",
        queue: "refs/heads/gh-readonly-queue/main/",
        app: 7,
        after: null,
      },
    });
  });

  it("reads page after page, at most twenty", async () => {
    const { github, asked } = gitHubOf(
      page([pull(1)], "c1"),
      page([pull(2)], null, { refs: { nodes: [{ target: { oid: "m", ...check() } }] } }),
    );
    expect(await readOverview(github, REPOSITORY, "main", 7)).toMatchObject({
      pulls: [{ number: 1 }, { number: 2 }],
      mergeGroups: [{ sha: "m", hasVerdict: false }],
    });
    expect(asked.map(({ variables }) => variables["after"])).toEqual([null, "c1"]);
    const many = gitHubOf(...Array.from({ length: 30 }, (_, i) => page([pull(i)], `c${i}`)));
    expect((await readOverview(many.github, REPOSITORY, "main", 7)).pulls).toHaveLength(20);
  });

  it("fails when the repository or the branch was renamed", async () => {
    expect(
      (await failureOf(readOverview(gitHubOf(page([], null, { nameWithOwner: "o/new" })).github, REPOSITORY, "main", 7))).message,
    ).toMatch(/^The repository o\/r is now o\/new: deploy again with --context repository=o\/new /);
    const gone = (more: object) => failureOf(readOverview(gitHubOf(page([], null, { ref: null, ...more })).github, REPOSITORY, "main", 7));
    expect(await gone({ defaultBranchRef: { name: "trunk" } })).toMatchObject({
      ...{
        message: "There is no branch main in o/r. Its default branch is trunk: deploy again with --context branch=trunk",
        reason: "missing",
      },
    });
    expect((await gone({ defaultBranchRef: null })).message).toBe("There is no branch main in o/r.");
  });
});
