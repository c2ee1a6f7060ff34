import { generateKeyPairSync } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { checkRequestObjectKey } from "../../../lib/contract/check-request-object-key.ts";
import { importHistory } from "../../git-repositories.ts";
import { copiesOf, scratch, smallDataset, type TestRepository, write } from "../../scratch.ts";
import { type AwsJson, startAwsJson } from "../../servers/aws-json.ts";
import { type GitHubServer, startGitHub } from "../../servers/github.ts";

const APP = "arn:aws:secretsmanager:us-east-1:123456789012:secret:app";
const HOUR_MS = 3_600_000;
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

let aws: AwsJson;
let git: TestRepository;
let github: GitHubServer;
/** A commit that changes no dataset. */
let sha: string;
let handler: (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;

beforeAll(async () => {
  aws = await startAwsJson();
});
afterAll(() => aws.close());

/** A dataset on `main`, and a branch with a commit that does not change it. */
const copyOfSide = copiesOf(async ({ folder, git, commit }) => {
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  await commit("1", "2024-01-01T00:00:00Z");
  await git("checkout", "-q", "-b", "side");
  await write(folder, { "README.md": "words" });
  return commit("2", "2024-01-02T00:00:00Z");
});

beforeEach(async () => {
  ({ made: sha, ...git } = await copyOfSide());
  github = await startGitHub(git.folder, "owner/name", publicKey);
  aws.secrets.set(APP, JSON.stringify({ appId: github.appId, privateKey }));
  aws.sent.length = 0;
  aws.hidden.length = 0;
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "k",
    AWS_SECRET_ACCESS_KEY: "s",
    REPOSITORY: "owner/name",
    BRANCH: "main",
    DATA_FOLDER: "data",
    FORGE: "github",
    FORGE_API_URL: github.url,
    APP_SECRET_ARN: APP,
    VALIDATE_QUEUE_URL: `${aws.endpoint}/validate`,
    AWS_LAMBDA_FUNCTION_NAME: "validate",
    TMPDIR: await scratch(),
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_DISABLED: "true",
  }))
    vi.stubEnv(name, value);
  vi.resetModules();
  ({ handler } = await import("../../../lambdas/validate/handler.ts"));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await github.close();
  expect(github.violations).toEqual([]);
});

/** Hands a message to the function for the n-th time; whether it was handled. */
async function deliver(message: object, tries = 1): Promise<boolean> {
  const record = {
    messageId: "1",
    receiptHandle: "r",
    body: JSON.stringify(message),
    attributes: { ApproximateReceiveCount: String(tries) },
  };
  const context = { getRemainingTimeInMillis: () => 300_000 } as Context;
  return (await handler({ Records: [record] } as unknown as SQSEvent, context)).batchItemFailures.length === 0;
}

const put = () =>
  aws.sent.map(({ QueueUrl, MessageBody, DelaySeconds }) => [new URL(QueueUrl).pathname, JSON.parse(MessageBody), DelaySeconds]);

it("fetches many files of a commit as one archive, into its temporary folder", async () => {
  const files = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`data/small/more/f${i}.json`, `[${i}]`]));
  const [many = ""] = importHistory(git.folder, [files], { from: sha, branch: "side" });
  expect(await deliver({ sha: many, delivery: "d" })).toBe(true);
  expect(github.archives.requests).toHaveLength(1);
  // The first query brings a hundred, with what describes the dataset.
  expect((await readdir(join(process.env["TMPDIR"] as string, "validate/.archive"))).length).toBeGreaterThanOrEqual(1_900);
  expect(github.checkRuns).toMatchObject([{ head_sha: many, status: "completed" }]);
});

it("two deliveries of a message side by side end in one verdict", async () => {
  github.pulls = [{ number: 7, sha, base: "main" }];
  const message = { sha, pull: 7, delivery: "d" };
  expect(await Promise.all([deliver(message), deliver(message)])).toEqual([true, true]);
  expect(new Set(github.checkRuns.map(({ head_sha, conclusion }) => `${head_sha} ${conclusion}`))).toEqual(new Set([`${sha} success`]));
  expect(await deliver(message)).toBe(true);
  // The newest is updated from then on: https://docs.github.com/rest/checks/runs lists it first.
  expect([github.checkRuns.length <= 2, github.comments.length <= 2]).toEqual([true, true]);
});

describe("a check that meets GitHub's limits", () => {
  const message = () => ({ sha, delivery: "d" });
  const hourly = () => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(Date.now() / 1_000) + 3_000) });

  it.each([
    ["the hourly one, at its first request", (path: string) => path.endsWith("/installation"), hourly, 900],
    ["the hourly one, on the way", (path: string) => path.includes("/git/commits/"), hourly, 900],
    ["the hourly one, when it reports", (path: string) => path.endsWith("/check-runs"), hourly, 900],
    ["a secondary one", (path: string) => path.includes("/git/commits/"), () => ({ "retry-after": "120" }), 120],
  ])("%s, is put back until they are over, and then gets its verdict", async (_name, isMet, headers, seconds) => {
    github.interfere = (_method, path) => (isMet(path) ? { status: 403, headers: headers(), body: { message: "rate limit" } } : undefined);
    for (const tries of [1, 3]) {
      aws.sent.length = 0;
      expect(await deliver(message(), tries)).toBe(true);
      expect(put()).toEqual([["/validate", { ...message(), postponedSince: expect.any(String) }, seconds]]);
    }
    expect(github.checkRuns).toEqual([]);
    github.interfere = undefined;
    const again = JSON.parse(aws.sent[0]?.MessageBody ?? "") as object;
    expect(await deliver(again)).toBe(true);
    expect(github.checkRuns).toMatchObject([{ head_sha: sha, conclusion: "success" }]);
  });

  it("leaves the last requests of an hour to publishing, and gets its verdict in the next hour", async () => {
    await write(git.folder, { "data/small/levels.json": "[ ]" });
    const commit = await git.commit("3", "2024-01-03T00:00:00Z");
    const reset = Math.floor(Date.now() / 1_000) + 600;
    github.rateLimit = { left: 900, reset };
    expect(await deliver({ sha: commit, delivery: "d" })).toBe(true);
    expect(put()).toEqual([["/validate", { sha: commit, delivery: "d", postponedSince: expect.any(String) }, expect.any(Number)]]);
    expect(aws.sent[0]?.DelaySeconds).toBeGreaterThan(590);
    expect(github.checkRuns).toEqual([]);
    github.rateLimit = { left: 5_000, reset: reset + 3_600 };
    expect(await deliver({ sha: commit, delivery: "d" })).toBe(true);
    expect([aws.sent.length, github.checkRuns.length]).toEqual([1, 1]);
  });

  it.each<[string, (path: string) => boolean, number]>([
    ["its key was revoked", () => true, 401],
    ["the App was removed", () => true, 404],
    ["its key was revoked before the report", (path) => path.endsWith("/check-runs"), 401],
  ])("is given up, without a dead letter, if the forge fails five times: %s", async (_name, isMet, status) => {
    github.interfere = (_method, path) => (isMet(path) ? { status } : undefined);
    expect(await deliver(message(), 4)).toBe(false);
    expect(await deliver(message(), 5)).toBe(true);
    expect([github.checkRuns, aws.sent]).toEqual([[], []]);
  });

  it("is given up as well if the secret of the App is a placeholder: ticks fail for it, and have an alarm", async () => {
    aws.secrets.set(APP, "to be replaced");
    expect([await deliver(message(), 4), await deliver(message(), 5)]).toEqual([false, true]);
  });

  it.each([
    ["the secret of the App cannot be read", () => aws.secrets.delete(APP)],
    ["a setting of the function is missing", () => vi.stubEnv("FORGE_API_URL", undefined)],
  ])("is left to the dead letters if %s: ticks may succeed", async (_name, breakIt) => {
    breakIt();
    expect([await deliver(message(), 4), await deliver(message(), 5)]).toEqual([false, false]);
  });

  it("is left to the queue and its dead letters after two hours, and gets no verdict by mistake", async () => {
    github.interfere = (_method, path) => (path.includes("/git/commits/") ? { status: 403, headers: hourly() } : undefined);
    const since = (ms: number): object => ({ ...message(), postponedSince: new Date(Date.now() - ms).toISOString() });
    for (const tries of [1, 2, 3]) expect(await deliver(since(2.1 * HOUR_MS), tries)).toBe(false);
    expect([aws.sent, github.checkRuns]).toEqual([[], []]);
    expect(await deliver(since(1.9 * HOUR_MS))).toBe(true);
    expect(put()).toEqual([["/validate", since(1.9 * HOUR_MS), 900]].map(([queue, , delay]) => [queue, expect.any(Object), delay]));
  });
});

describe("a connection that drops within an answer", () => {
  /** A change of the dataset, with a file that no query brings. */
  const change = async (): Promise<string> => {
    await write(git.folder, { "data/small/levels.json": `[${" ".repeat(1_100_000)}]` });
    return git.commit("3", "2024-01-03T00:00:00Z");
  };
  it.each([
    ["the tree of the dataset", async () => `/git/trees/${await git.git("rev-parse", "side:data/small")}`],
    ["a file", async () => `/git/blobs/${await git.git("rev-parse", "side:data/small/levels.json")}`],
    ["the comparison", async () => "/compare/"],
    ["the settings of the repository", async () => "/repos/owner/name"],
  ])("is not noticed if a request is tried again: %s", async (_name, pathOf) => {
    const commit = await change();
    const end = await pathOf();
    let drops = 0;
    github.drops = (path) => (path.endsWith(end) || (end === "/compare/" && path.includes(end))) && drops++ < 1;
    expect(await deliver({ sha: commit, delivery: "d" })).toBe(true);
    expect(drops).toBeGreaterThan(1);
    expect(github.checkRuns.map(({ output }) => output.summary)).toEqual([expect.not.stringMatching(/terminated|iterable|connection/)]);
  });

  it("is no verdict if it drops each time, but another try", async () => {
    github.drops = (path) => path.includes("/git/trees/");
    expect(await deliver({ sha, delivery: "d" })).toBe(false);
    expect(github.checkRuns).toEqual([]);
  });
});

it("a check that fails comes back after half a minute, then after five, then when the queue shows it; one that waits for a build does then", async () => {
  github.interfere = () => ({ status: 404 });
  for (const tries of [1, 2, 4]) expect(await deliver({ sha, delivery: "d" }, tries)).toBe(false);
  expect(aws.hidden).toEqual([30, 300]);
  github.interfere = undefined;
  vi.stubEnv("CHECK_RULE", "rule");
  await git.git("branch", "-q", "newest", sha);
  expect(await deliver({ detail: { object: { key: checkRequestObjectKey(sha) } } })).toBe(false);
  expect(aws.hidden).toEqual([30, 300]);
});

it("a commit that GitHub does not find is looked for once more, and one that it refuses to show is not", async () => {
  const found: boolean[] = [];
  for (const [status, tries] of [
    [404, 1],
    [404, 2],
    [403, 1],
  ] as const) {
    github.interfere = (_method, path) => (path.includes("/git/commits/") ? { status } : undefined);
    found.push(await deliver({ sha, delivery: "d", again: true }, tries));
  }
  expect(found).toEqual([false, true, true]);
  expect(github.checkRuns.map(({ output }) => output.summary)).toEqual([
    expect.stringContaining("GitHub answered 404"),
    expect.stringContaining("GitHub answered 403"),
  ]);
});
