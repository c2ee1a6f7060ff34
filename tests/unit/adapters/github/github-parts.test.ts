import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";
import { blobId } from "../../../../lib/adapters/github/blob-id.ts";
import type { GitHub } from "../../../../lib/adapters/github/github-client.ts";
import { gitHubTime } from "../../../../lib/adapters/github/github-time.ts";
import { gitHubWebAddress } from "../../../../lib/adapters/github/github-web-address.ts";
import { HourlyLimit } from "../../../../lib/adapters/github/hourly-limit.ts";
import { parseGitHubRepository } from "../../../../lib/adapters/github/parse-github-repository.ts";
import { fittingBlobQuery, queryBlobs } from "../../../../lib/adapters/github/query-blobs.ts";
import { queryRepository } from "../../../../lib/adapters/github/query-repository.ts";
import { rateLimitSeconds } from "../../../../lib/adapters/github/rate-limit-seconds.ts";
import { readOverview } from "../../../../lib/adapters/github/read-overview.ts";
import { gitHubStatus, unlessGitHubStatus } from "../../../../lib/adapters/github/unless-github-status.ts";
import { ForgeError } from "../../../../lib/ports/forge-error.ts";

const REPOSITORY = { owner: "o", repo: "r" };

/** A GitHub that answers queries one after the other, and remembers them. */
function gitHubOf(...answers: unknown[]): { github: GitHub; asked: { query: string; variables: Record<string, unknown> }[] } {
  const asked: { query: string; variables: Record<string, unknown> }[] = [];
  const graphql = async (query: string, variables: Record<string, unknown>): Promise<unknown> => {
    asked.push({ query, variables });
    const answer = answers[asked.length - 1];
    if (answer instanceof Error) throw answer;
    return { repository: answer };
  };
  return { github: { graphql } as unknown as GitHub, asked };
}

const failureOf = async (promise: Promise<unknown>): Promise<ForgeError> => {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(ForgeError);
  return error as ForgeError;
};

afterEach(() => void vi.useRealTimers());

describe("names and addresses of GitHub", () => {
  it("read a repository as owner/name", () => {
    expect(parseGitHubRepository("o/r")).toEqual({ owner: "o", repo: "r" });
    for (const text of ["", "o", "o/", "/r", "o/r/x"])
      expect(() => parseGitHubRepository(text)).toThrow(`"${text}" is not a repository: expected owner/name`);
  });

  it("lead to where people see a repository", () => {
    expect(gitHubWebAddress("https://api.github.com", "o/r")).toBe("https://github.com/o/r");
    expect(gitHubWebAddress("https://git.example.org/api/v3", "o/r")).toBe("https://git.example.org/o/r");
    expect(gitHubWebAddress("https://git.example.org/api/v3/", "o/r")).toBe("https://git.example.org/o/r");
  });

  it("write times without fractions of a second", () => {
    expect(gitHubTime("2026-01-02T03:04:05.678Z")).toBe("2026-01-02T03:04:05Z");
    expect(gitHubTime("2026-01-02T03:04:05+01:00")).toBe("2026-01-02T02:04:05Z");
    expect(gitHubTime(undefined)).toBe("1970-01-01T00:00:00Z");
  });

  it("identify bytes as git does", () => {
    // Of `git hash-object` for an empty file, and for "hello\n".
    expect(blobId(Buffer.from(""))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect(blobId(Buffer.from("hello\n"))).toBe("ce013625030ba8dba906f756967f9e9ca394464a");
  });
});

describe("rateLimitSeconds", () => {
  const limited = (more: object = {}) => ({ status: 429, headers: {}, ...more });

  it("is the wait that GitHub names, or a minute", () => {
    expect(rateLimitSeconds(limited())).toBe(60);
    expect(rateLimitSeconds(limited({ headers: { "retry-after": "7" } }))).toBe(7);
    expect(rateLimitSeconds(limited({ headers: { "retry-after": "0" } }))).toBe(60);
  });

  it("is until the limit is reset", () => {
    vi.useFakeTimers({ now: 1_000_500 });
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1010" };
    expect(rateLimitSeconds({ status: 403, headers })).toBe(10);
    expect(rateLimitSeconds({ status: 403, headers: { ...headers, "x-ratelimit-reset": "900" } })).toBe(1);
    expect(rateLimitSeconds({ status: 403, headers: { ...headers, "x-ratelimit-reset": undefined } })).toBe(60);
    expect(rateLimitSeconds({ status: 429, headers: { ...headers, "x-ratelimit-remaining": "5" } })).toBe(60);
  });

  it.each([
    ["403 with a time to wait", { status: 403, headers: { "retry-after": "3" } }, 3],
    [
      "403 with a message about a rate limit",
      { status: 403, headers: {}, data: { message: "You have exceeded a secondary Rate Limit" } },
      60,
    ],
    ["a query with such an error", { status: 200, headers: {}, data: { errors: [null, { type: "RATE_LIMITED" }] } }, 60],
    ["403 for a missing permission", { status: 403, headers: {}, data: { message: "Resource not accessible" } }, undefined],
    ["403 with requests left", { status: 403, headers: { "x-ratelimit-remaining": "1" } }, undefined],
    ["a query with another error", { status: 200, headers: { "retry-after": "3" }, data: { errors: [{ type: "NOT_FOUND" }] } }, undefined],
    ["errors that are no list", { status: 404, headers: {}, data: { errors: "x" } }, undefined],
    ["no answer", undefined, undefined],
  ])("for %s", (_what, answer, seconds) => {
    expect(rateLimitSeconds(answer)).toBe(seconds);
  });
});

describe("HourlyLimit", () => {
  it("allows everything until an answer names the limit", () => {
    const limit = new HourlyLimit();
    expect(limit.left).toBeUndefined();
    expect(() => limit.keep(100)).not.toThrow();
  });

  it("keeps reserved requests, until the hour ends", () => {
    vi.useFakeTimers({ now: 10_000 });
    const limit = new HourlyLimit();
    limit.set(101, 70_000);
    expect(limit.left).toBe(101);
    expect(() => limit.keep(100)).not.toThrow();
    limit.set(100, 70_000);
    try {
      limit.keep(100);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({
        message: "GitHub allows 100 more requests this hour; 100 are kept for publishing",
        ...{ reason: "unavailable", publicMessage: "GitHub's limit of requests is used up", retryAfterSeconds: 60 },
      });
    }
    vi.setSystemTime(69_999);
    expect(() => limit.keep(100)).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    vi.setSystemTime(70_000);
    expect(limit.left).toBeUndefined();
    expect(() => limit.keep(100)).not.toThrow();
  });

  it("waits a quarter of an hour if the end is unknown", () => {
    const limit = new HourlyLimit();
    limit.set(0, undefined);
    expect(limit.left).toBe(0);
    expect(() => limit.keep(0)).toThrow(expect.objectContaining({ retryAfterSeconds: 900 }));
  });
});

describe("unlessGitHubStatus", () => {
  it("is undefined for expected statuses, and fails for others", async () => {
    const failed = (status?: number) => Promise.reject(Object.assign(new Error("x"), status === undefined ? {} : { status }));
    expect(await unlessGitHubStatus([404], Promise.resolve(1))).toBe(1);
    expect(await unlessGitHubStatus([404, 409], failed(409))).toBeUndefined();
    await expect(unlessGitHubStatus([404], failed(500))).rejects.toThrow("x");
    await expect(unlessGitHubStatus([404], failed())).rejects.toThrow("x");
    expect([gitHubStatus({ status: 404 }), gitHubStatus({})]).toEqual([404, undefined]);
  });
});

describe("queryRepository", () => {
  const ask = (...answers: unknown[]) => queryRepository(gitHubOf(...answers).github, REPOSITORY, "query", { a: 1 });
  const graphQlError = (...errors: unknown[]) => Object.assign(new Error("x"), { name: "GraphqlResponseError", errors });

  it("asks for a repository by its names", async () => {
    const { github, asked } = gitHubOf({ found: true });
    expect(await queryRepository(github, REPOSITORY, "query", { a: 1 })).toEqual({ found: true });
    expect(asked).toEqual([{ query: "query", variables: { owner: "o", name: "r", a: 1 } }]);
  });

  it("fails when there is none, or when GitHub reports an error", async () => {
    expect(await failureOf(ask(null))).toMatchObject({
      ...{ message: "There is no repository o/r on GitHub", reason: "missing", publicMessage: "There is no such repository on GitHub" },
    });
    expect(await failureOf(ask(graphQlError({ type: "NOT_FOUND", message: "m" })))).toMatchObject({
      ...{
        message: "GitHub answered a query with NOT_FOUND: m",
        reason: "missing",
        publicMessage: "GitHub answered a query with NOT_FOUND",
      },
    });
    expect(await failureOf(ask(graphQlError({ type: "X" }, { type: "FORBIDDEN" })))).toMatchObject({ reason: "refused" });
    expect(await failureOf(ask(graphQlError()))).toMatchObject({
      message: "GitHub answered a query with an error: ",
      reason: "unavailable",
    });
    await expect(ask(new Error("reset"))).rejects.toThrow("reset");
  });
});

describe("queries for files", () => {
  const shaOf = (text: string): string =>
    createHash("sha1")
      .update(`blob ${Buffer.byteLength(text)}\0`)
      .update(text)
      .digest("hex");

  it("hold a hundred files, or a mebibyte", () => {
    const small = (count: number) => Array.from({ length: count }, (_, i) => ({ sha: `${i}`, size: 1 }));
    expect(fittingBlobQuery(small(100))).toHaveLength(100);
    expect(fittingBlobQuery(small(101))).toHaveLength(100);
    const large = 500_000;
    expect(
      fittingBlobQuery([
        { sha: "a", size: large },
        { sha: "b", size: large },
        { sha: "c", size: 1024 * 1024 - 2 * large },
        { sha: "d", size: 1 },
      ]).map(({ sha }) => sha),
    ).toEqual(["a", "b", "c"]);
    // GitHub may truncate large files.
    expect(fittingBlobQuery([{ sha: "a" }, { sha: "b", size: large + 1 }, { sha: "c", size: 1 }]).map(({ sha }) => sha)).toEqual(["c"]);
    expect(fittingBlobQuery([])).toEqual([]);
  });

  it("leave out what does not match its id", async () => {
    const [a, b, c, d] = ["a", "bé", "c", "d"].map((text) => ({ sha: shaOf(text) })) as [
      { sha: string },
      { sha: string },
      { sha: string },
      { sha: string },
    ];
    const { github, asked } = gitHubOf({ b0: { text: "a" }, b1: { text: "bé" }, b2: { text: "truncated" }, b3: { text: null } });
    const found = await queryBlobs(github, REPOSITORY, [a, b, c, d, { sha: shaOf("e") }]);
    expect([...found].map(([sha, bytes]) => [sha, Buffer.from(bytes).toString()])).toEqual([
      [a.sha, "a"],
      [b.sha, "bé"],
    ]);
    expect(asked[0]?.query).toContain(`b1: object(oid: "${b.sha}") { ... on Blob { text } }`);
  });
});

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
