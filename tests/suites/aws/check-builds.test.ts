import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { checkRequestObjectKey } from "../../../lib/contract/check-request-object-key.ts";
import { smallDataset, write } from "../../scratch.ts";
import type { AwsCall } from "../../servers/lambda.ts";
import { motoClient } from "../../servers/servers.ts";
import { NODE_24 } from "../optional.ts";
import { type BuildStack, largeFile, startBuildStack } from "./build-stack.ts";
import { transformEvent } from "./code-build.ts";
import { dataFolder, type Pipeline, REPOSITORY, startPipeline } from "./pipeline.ts";
import { StackPolicies } from "./stack-policies.ts";

const LOG_GROUP = "check-log";
const RULE = "check-requested";
const HOUR = 3_600_000;

let stack: BuildStack;
beforeAll(async () => {
  stack = await startBuildStack();
});
afterAll(() => stack.close());

/** What every build and function of the test asked AWS for. */
const calls = new Map<string, AwsCall>();
let p: Pipeline;
let at: string;

const LEVELS = smallDataset("1.0.0")["levels.json"] as object[];
const MORE = [...LEVELS, { river: "elbe", gauge: 2, metres: 4 }];

/** What CodeBuild does with the log of a build. */
async function putLog(operation: string, fields: object): Promise<void> {
  const response = await fetch(p.moto.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `Logs_20140328.${operation}`,
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/logs/aws4_request, SignedHeaders=host, Signature=x",
    },
    body: JSON.stringify({ logGroupName: LOG_GROUP, ...fields }),
  });
  if (!response.ok && !(await response.text()).includes("ResourceAlreadyExists")) throw new Error(`${operation}: ${response.status}`);
}

beforeEach(async () => {
  p = await startPipeline(stack, NODE_24);
  await putLog("CreateLogGroup", {});
  await p.restart("validate", { LARGE_BUILDS: "true", CHECK_LOG_GROUP: LOG_GROUP, CHECK_RULE: RULE });
  at = dataFolder(p);
  await write(at, smallDataset("1.0.0"));
  await p.git.commit("1", "2024-01-01T00:00:00Z");
});
afterEach(async () => {
  for (const call of p.calls()) {
    const key = call.about.replace(p.bucket, "bucket").replace(/[0-9a-f-]{36,}/g, "id");
    calls.set(JSON.stringify([call.who, call.action, key, Object.keys(call.conditions)]), call);
  }
  await p.stop();
  expect(p.github.violations).toEqual([]);
});

const store = () =>
  s3Store({ bucket: p.bucket, headersOf: () => ({ contentType: "", cacheControl: "" }), client: motoClient(p.moto.endpoint) });
const request = async (sha: string): Promise<Record<string, unknown> | undefined> => {
  const stored = await store().get(checkRequestObjectKey(sha));
  return stored && (JSON.parse(Buffer.from(stored.bytes).toString()) as Record<string, unknown>);
};
/** Makes a request look as old as this. */
async function ageRequest(sha: string, ms: number): Promise<void> {
  const stored = await store().get(checkRequestObjectKey(sha));
  const aged = { ...(await request(sha)), at: new Date(Date.now() - ms).toISOString() };
  await store().putIfMatch(checkRequestObjectKey(sha), Buffer.from(JSON.stringify(aged)), stored?.etag ?? null);
}
const runs = (sha: string) => p.github.checkRuns.filter(({ head_sha, name }) => head_sha === sha && name === "Factpress");

/** A pull request from a fork with some files changed. */
async function pull(number: number, files: Record<string, unknown>): Promise<string> {
  await p.git.git("checkout", "-q", "-B", `change-${number}`, "main");
  await write(at, files);
  const sha = await p.git.commit(`pull ${number}`, "2024-02-01T00:00:00Z");
  await p.git.git("update-ref", `refs/pull/${number}/head`, sha);
  await p.git.git("checkout", "-q", "main");
  p.github.pulls = [...p.github.pulls.filter((one) => one.number !== number), { number, sha, base: "main" }];
  return sha;
}
async function openPull(number: number, files: Record<string, unknown>): Promise<string> {
  const sha = await pull(number, files);
  await p.webhook("pull_request", {
    action: "opened",
    repository: { full_name: REPOSITORY },
    pull_request: { number, head: { sha, repo: { full_name: "other/fork", fork: true } }, base: { ref: "main" } },
  });
  expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
  return sha;
}

/** The event of the store about a request. */
const requestEvent = (sha: string) => ({
  source: "aws.s3",
  "detail-type": "Object Created",
  detail: { bucket: { name: p.bucket }, object: { key: checkRequestObjectKey(sha) } },
});

interface StartBuild {
  environmentVariablesOverride: { name: string; value: string }[];
}

/** Starts the build that the rule starts for a request; its log is kept as CodeBuild keeps it. Returns its event, and how it ended. */
async function check(sha: string): Promise<{ end: object; log: string }> {
  const start = transformEvent<StartBuild>(stack.template, "CheckRequested", requestEvent(sha));
  const { code, out } = await stack.codeBuild.build(p, "Check", start);
  const log = randomUUID();
  await putLog("CreateLogStream", { logStreamName: log });
  const logEvents = ["[Container] 2026/11/29 Running command node dist/check.js", ...out.split("\n").filter(Boolean)].map((message, i) => ({
    timestamp: Date.now() + i,
    message: `${message}\n`,
  }));
  await putLog("PutLogEvents", { logStreamName: log, logEvents });
  return { end: endEvent(code === 0 ? "SUCCEEDED" : "FAILED", start.environmentVariablesOverride, log), log };
}

const endEvent = (status: string, variables: object[], log?: string, initiator: string | undefined = `rule/${RULE}`) => ({
  source: "aws.codebuild",
  detail: {
    "build-status": status,
    "additional-information": { logs: { "stream-name": log }, environment: { "environment-variables": variables }, initiator },
  },
});
const variablesOf = (sha: string) => [
  { name: "BRANCH", value: "main" },
  { name: "CHECK_REQUEST", value: checkRequestObjectKey(sha) },
];

/** Hands a message of the queue to `validate`; false if it comes back. */
async function deliver(body: object, tries = 1): Promise<boolean> {
  const record = { messageId: "1", body: JSON.stringify(body), attributes: { ApproximateReceiveCount: String(tries) } };
  const { batchItemFailures } = await p.functions.validate.invoke<{ batchItemFailures: unknown[] }>({ Records: [record] });
  return batchItemFailures.length === 0;
}
const tellEnd = (end: object): Promise<boolean> => deliver(transformEvent<object>(stack.template, "CheckEnded", end));

describe("a commit that is too large for a function", () => {
  it("is in progress until a build has checked it, which is requested once regardless of the number of messages", async () => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    expect(runs(sha)).toMatchObject([{ status: "in_progress", output: { title: "A build checks this commit" } }]);
    expect(await request(sha)).toMatchObject({ methods: { merge: true } });
    const asked = await request(sha);
    // The queue hands it out again; a merge queue wants the same commit; a tick finds a pull request without a verdict.
    expect(await deliver({ sha, delivery: "again", pull: 7 })).toBe(true);
    expect(await deliver({ sha, delivery: "merge-group" })).toBe(true);
    await p.push();
    await p.pump("publish");
    await p.tick();
    expect(await p.pump("validate")).toEqual({ handled: 0, failed: 0 });
    expect(await request(sha)).toEqual(asked);
    const { end } = await check(sha);
    expect(await tellEnd(end)).toBe(true);
    expect(runs(sha)).toMatchObject([{ status: "completed", conclusion: "success", output: { title: "small: minor, 1 level added" } }]);
    expect(p.github.comments).toMatchObject([{ issue: 7, body: expect.stringContaining("this makes a **minor** release") }]);
    // Events may come twice.
    expect(await tellEnd(end)).toBe(true);
    expect([runs(sha).length, p.github.comments.length]).toEqual([1, 1]);
    // It has its verdict: nothing is requested again without a re-run.
    expect(await deliver({ sha, delivery: "later", pull: 7 })).toBe(true);
    expect(await request(sha)).toEqual(asked);
    expect(await deliver({ sha, delivery: "rerun", again: true })).toBe(true);
    expect(await request(sha)).not.toEqual(asked);
    expect(runs(sha)).toMatchObject([{ status: "completed" }, { status: "in_progress" }]);
  });

  it("is left to a build as well if GitHub does not compare it", async () => {
    p.github.interfere = (_method, path) => (path.includes("/compare/") ? { status: 422 } : undefined);
    const sha = await openPull(7, { "rivers.json": "[]" });
    expect(runs(sha)).toMatchObject([{ status: "in_progress", output: { title: "A build checks this commit" } }]);
    const { end } = await check(sha);
    expect(await tellEnd(end)).toBe(true);
    expect(runs(sha)).toMatchObject([
      { status: "completed", conclusion: "failure", annotations: [{ path: "data/small/levels.json" }, {}] },
    ]);
    p.github.isPrivate = true;
    const hidden = await openPull(8, { "rivers.json": "[ ]" });
    expect(runs(hidden)).toMatchObject([{ conclusion: "failure", output: { summary: expect.stringContaining("GitHub answered 422") } }]);
  });

  it("gets the problems at their lines, as from a function", async () => {
    const files = {
      "levels.json":
        '[\n  { "river": "po", "gauge": 1, "metres": 1 },\n  { "river": "elbe", "gauge": 1, "metres": "@everyone <img src=x>" }\n]\n',
    };
    const small = await openPull(7, files);
    const sha = await openPull(8, { "levels.json": `${files["levels.json"]}${" ".repeat(51 * 1024 * 1024)}` });
    const { end, log } = await check(sha);
    expect(await tellEnd(end)).toBe(true);
    const [one, other] = [runs(small), runs(sha)].map(([run]) => ({ ...run, id: 0, head_sha: "", started_at: undefined }));
    expect(other).toEqual(one);
    expect(one).toMatchObject({ conclusion: "failure", annotations: [{ start_line: 2 }, { start_line: 3 }] });
    // Another commit gets nothing from that log, even if it were said to be its own.
    const third = await openPull(9, { "levels.json": largeFile(MORE) });
    expect(await tellEnd(endEvent("SUCCEEDED", variablesOf(third), log))).toBe(true);
    expect(runs(third)).toMatchObject([
      { conclusion: "failure", output: { title: "The check did not complete", summary: expect.stringContaining("returned no result") } },
    ]);
  });

  it.each([
    ["FAILED", "ended with FAILED"],
    ["TIMED_OUT", "ended with TIMED\\_OUT"],
    ["STOPPED", "ended with STOPPED"],
  ])("gets its minimal verdict if the build ended with %s, and no other build", async (status, why) => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    const asked = await request(sha);
    expect(await tellEnd(endEvent(status, variablesOf(sha), "no-such-stream"))).toBe(true);
    expect(runs(sha)).toMatchObject([
      { conclusion: "failure", output: { title: "The check did not complete", summary: expect.stringContaining(why) } },
    ]);
    expect(await deliver({ sha, delivery: "again", pull: 7 })).toBe(true);
    expect(await request(sha)).toEqual(asked);
  });

  it("keeps its verdict if comments or a second build fail, and comments on at most five pull requests", async () => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    p.github.pulls = [1, 2, 3, 4, 5, 6].flatMap((more) => [...(more === 1 ? p.github.pulls : []), { number: 7 + more, sha, base: "main" }]);
    const { end } = await check(sha);
    let comments = 0;
    p.github.interfere = (method, path) => {
      if (method !== "POST" || !path.endsWith("/comments")) return undefined;
      comments += 1;
      return { status: 403 };
    };
    expect(await tellEnd(end)).toBe(true);
    expect(comments).toBe(5);
    p.github.pulls = [{ number: 7, sha, base: "main" }];
    p.github.interfere = (_method, path) => (path.endsWith("/comments") ? { status: 400 } : undefined);
    for (const tries of [1, 3, 4]) expect(await deliver(transformEvent<object>(stack.template, "CheckEnded", end), tries)).toBe(true);
    p.github.interfere = undefined;
    expect(await tellEnd(endEvent("FAILED", variablesOf(sha)))).toBe(true);
    expect(runs(sha)).toMatchObject([{ conclusion: "success", output: { title: "small: minor, 1 level added" } }]);
  });

  it("ends in time, regardless of its content, with that verdict", async () => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    const start = transformEvent<StartBuild>(stack.template, "CheckRequested", requestEvent(sha));
    const hurry = { environmentVariablesOverride: [...start.environmentVariablesOverride, { name: "FACTPRESS_DEADLINE", value: "31" }] };
    const { code, out } = await stack.codeBuild.build(p, "Check", hurry);
    expect(code).toBe(0);
    const log = randomUUID();
    await putLog("CreateLogStream", { logStreamName: log });
    await putLog("PutLogEvents", { logStreamName: log, logEvents: [{ timestamp: Date.now(), message: out.trim() }] });
    expect(await tellEnd(endEvent("SUCCEEDED", variablesOf(sha), log))).toBe(true);
    expect(runs(sha)).toMatchObject([{ conclusion: "failure", annotations: [{ message: expect.stringContaining("took too long") }] }]);
  });

  it("gets its minimal verdict if the end of its build was never reported", async () => {
    await p.push();
    await p.pump("publish");
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    await ageRequest(sha, 4 * HOUR);
    const [run] = runs(sha);
    if (run) run.started_at = new Date(Date.now() - 4 * HOUR).toISOString();
    await p.tick();
    expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
    expect(runs(sha)).toMatchObject([{ conclusion: "failure", output: { summary: expect.stringContaining("The check build timed out") } }]);
  });

  it("is requested again while no build can start, and gets its verdict after two hours of that", async () => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    expect(await deliver(requestEvent(sha))).toBe(false);
    const before = await store().get(checkRequestObjectKey(sha));
    expect(await deliver(requestEvent(sha), 2)).toBe(true);
    expect((await store().get(checkRequestObjectKey(sha)))?.etag).toBe(before?.etag);
    const puts = p.calls().filter(({ who, action }) => who === "validate" && action === "s3:PutObject");
    expect(puts.map(({ conditions }) => Object.keys(conditions))).toEqual([["s3:if-none-match"], ["s3:if-match"]]);
    expect(runs(sha)).toMatchObject([{ status: "in_progress" }]);
    await ageRequest(sha, 2 * HOUR);
    expect(await deliver(requestEvent(sha), 2)).toBe(true);
    expect(runs(sha)).toMatchObject([
      { conclusion: "failure", output: { summary: expect.stringContaining("No check build could start") } },
    ]);
  });

  it("is dropped if its pull request has a newer commit or is closed: no build checks it", async () => {
    const old = await openPull(7, { "levels.json": largeFile(MORE) });
    const sha = await openPull(7, { "levels.json": largeFile([...MORE, { river: "elbe", gauge: 3, metres: 4 }]) });
    const { end } = await check(old);
    expect(end).toMatchObject({ detail: { "build-status": "FAILED" } });
    expect(stack.codeBuild.logs.at(-1)).toContain("Superseded");
    const dropped = [{ conclusion: "failure", output: { summary: expect.stringContaining("no longer the newest commit") } }];
    expect(await tellEnd(end)).toBe(true);
    expect(runs(old)).toMatchObject(dropped);
    expect(await deliver(requestEvent(sha))).toBe(false);
    const before = await store().get(checkRequestObjectKey(sha));
    p.github.pulls = [];
    await p.git.git("branch", "-D", "change-7");
    expect(await deliver(requestEvent(sha))).toBe(true);
    expect(runs(sha)).toMatchObject(dropped);
    expect(await store().get(checkRequestObjectKey(sha))).toEqual(before);
  });

  it("gets no verdict from a build that the rule of the stack did not start", async () => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    const { end, log } = await check(sha);
    for (const initiator of ["somebody", "rule/other", ""]) {
      expect(await tellEnd(endEvent("SUCCEEDED", variablesOf(sha), log, initiator))).toBe(true);
      expect(runs(sha)).toMatchObject([{ status: "in_progress" }]);
    }
    expect(p.functions.validate.log()).toContain("refused: the build was not started by this stack's rule");
    expect(await tellEnd(end)).toBe(true);
    expect(runs(sha)).toMatchObject([{ status: "completed", conclusion: "success" }]);
  });

  it("is refused, with the limit, if the repository is private: a build holds no secret", async () => {
    p.github.isPrivate = true;
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    expect(runs(sha)).toMatchObject([{ conclusion: "failure", annotations: [{ message: expect.stringContaining("levels.json has ") }] }]);
    expect(await request(sha)).toBeUndefined();
  });

  it("is also left to a build if it takes longer than a function may", async () => {
    await p.restart("validate", { LARGE_BUILDS: "true", CHECK_LOG_GROUP: LOG_GROUP, CHECK_RULE: RULE, CHECK_DEADLINE_SECONDS: "0.001" });
    const sha = await openPull(7, { "levels.json": MORE });
    expect(runs(sha)).toMatchObject([{ status: "in_progress" }]);
    expect(await request(sha)).toBeDefined();
  });

  it("is also left to a build if functions ended without a result", async () => {
    const sha = await pull(7, { "levels.json": MORE });
    expect(await p.validateAgain(sha, 4)).toEqual([]);
    expect(runs(sha)).toMatchObject([{ status: "in_progress" }]);
    expect(await request(sha)).toBeDefined();
  });

  it("fails its build if the repository cannot be read, without untrusted text at the start of a line", async () => {
    const sha = await openPull(7, { "levels.json": largeFile(MORE) });
    p.github.isPrivate = true;
    const { end } = await check(sha);
    expect(end).toMatchObject({ detail: { "build-status": "FAILED" } });
    const lines = stack.codeBuild.logs.at(-1)?.split("\n").filter(Boolean) ?? [];
    expect(
      lines.filter((line) => !/^(\{|\(node:|\(Use|The AWS SDK|versions|will require|To continue|and security|More information)/.test(line)),
    ).toEqual([]);
    expect(lines.join("\n")).toContain('"message":"not checked"');
  });
});

describe("the tick", () => {
  it("queues five pull requests without a verdict while others wait to be checked, and the rest at the next tick", async () => {
    await p.push();
    await p.pump("publish");
    await p.webhook("push", { ref: "refs/heads/side", after: await p.git.git("rev-parse", "main"), repository: { full_name: REPOSITORY } });
    for (let number = 1; number <= 8; number += 1) {
      const sha = await p.git.git("commit-tree", "-p", "main", "-m", `pull ${number}`, "main^{tree}");
      p.github.pulls.push({ number, sha, base: "main" });
    }
    const queued = async (): Promise<(number | undefined)[]> => {
      const pulls: (number | undefined)[] = [];
      for (;;) {
        const message = (await p.receiveOne("validate")) as { pull?: number } | undefined;
        if (!message) return pulls;
        pulls.push(message.pull);
      }
    };
    await p.tick();
    await p.tick();
    const pulls = (await queued()).filter((pull) => pull !== undefined);
    expect([pulls.length, new Set(pulls).size]).toEqual([8, 8]);
  });
});

describe("the role of a build that checks", () => {
  const PLATFORM = ["logs:CreateLogStream", "logs:PutLogEvents", "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetObjectVersion"];

  it("allows reading its request and writing only its log", () => {
    const made = [...calls.values()].filter(({ who }) => who === "check");
    expect([...new Set(made.map(({ action }) => action))]).toEqual(["s3:GetObject"]);
    const granted = Object.entries(stack.template.Resources)
      .filter(([id, { Type }]) => Type === "AWS::IAM::Policy" && id.startsWith("CheckRole"))
      .flatMap(([, { Properties }]) => (Properties["PolicyDocument"] as { Statement: { Action: string | string[] }[] }).Statement)
      .flatMap(({ Action }) => Action);
    expect([...new Set(granted)].sort()).toEqual(["s3:GetObject", ...PLATFORM].sort());
  });

  it("allows every call that builds and functions made, with its resource and conditions", () => {
    const policies = new StackPolicies(stack.template);
    const requests = [...calls.values()]
      .filter(({ who }) => ["check", "validate", "publish"].includes(who))
      .map((call) => policies.requestOf(call));
    expect(requests.filter(({ role }) => role === "ValidateRole").map(({ action }) => action)).toEqual(
      expect.arrayContaining(["s3:GetObject", "s3:PutObject", "logs:GetLogEvents"]),
    );
    const results = policies.evaluate(requests);
    const refused = requests.flatMap(({ role, action, resource }, i) =>
      results[i] === "Allowed" ? [] : [[role, action, resource, results[i]]],
    );
    expect(refused).toEqual([]);
  });

  it("no secret is in the log of a build", () => {
    expect(stack.codeBuild.logs.length).toBeGreaterThan(2);
    for (const secret of ["PRIVATE KEY", "ghs_", "x-access-token", "eyJ", "authorization"])
      expect(stack.codeBuild.logs.join("\n")).not.toContain(secret);
  });
});
