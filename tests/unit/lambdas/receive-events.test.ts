import { createHmac } from "node:crypto";
import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { mailsOf, type Samples } from "../../mails-of.ts";
import { type AwsJson, startAwsJson } from "../../servers/aws-json.ts";
import { synthHere } from "../../servers/synth.ts";

const SHA = "a1".repeat(20);
const ARN = "arn:aws:secretsmanager:us-east-1:123456789012:secret:webhook";
const SECRET = "a secret of the webhook";
const repository = { full_name: "owner/name" };

/** As a function writes them: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
interface EmittedMetrics {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string }[];
}

/** The values in a line of metrics, by the names of mails-of.ts. */
function valuesIn(line: string): [name: string, value: number][] {
  const emitted = JSON.parse(line) as { _aws: { CloudWatchMetrics: EmittedMetrics[] } } & Record<string, unknown>;
  return emitted._aws.CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) => {
    expect([Namespace, Dimensions]).toEqual(["Factpress", [["service", "function"]]]);
    return Metrics.map(({ Name }): [string, number] => [`${Name} ${emitted["function"]}`, Number(emitted[Name])]);
  });
}

/** A day in which lines of metrics were written within minutes, all requests were refused, and ticks went on. */
function samplesOf(lines: string[]): Samples {
  const every = (seconds: number): [number, number][] => Array.from({ length: 86_400 / seconds }, (_, i) => [i * seconds, 1]);
  const samples: Samples = new Map([
    ["UrlRequestCount Receive", [[600, 10]]],
    ["Url4xxCount Receive", [[600, 10]]],
    ["Invocations Publish", every(900)],
    ["Invocations Canary", every(3600)],
  ]);
  for (const [name, value] of lines.flatMap(valuesIn)) samples.set(name, [...(samples.get(name) ?? []), [600, value]]);
  return samples;
}

let aws: AwsJson;
let handler: (event: LambdaFunctionURLEvent) => Promise<LambdaFunctionURLResult>;

beforeAll(async () => {
  aws = await startAwsJson();
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "k",
    AWS_SECRET_ACCESS_KEY: "s",
    FORGE: "github",
    REPOSITORY: "owner/name",
    BRANCH: "main",
    WEBHOOK_SECRET_ARN: ARN,
    PUBLISH_QUEUE_URL: `${aws.endpoint}/publish.fifo`,
    VALIDATE_QUEUE_URL: `${aws.endpoint}/validate`,
    POWERTOOLS_LOG_LEVEL: "SILENT",
    AWS_LAMBDA_FUNCTION_NAME: "Receive",
  }))
    vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});
beforeEach(async () => {
  vi.resetModules();
  ({ handler } = await import("../../../lambdas/receive/handler.ts"));
  aws.secrets.set(ARN, SECRET);
  Object.assign(aws, { isBroken: false, reads: 0 });
  aws.sent.length = 0;
});

interface Options {
  secret?: string;
  signature?: string | undefined;
  headers?: Record<string, string>;
  method?: string;
  base64?: boolean;
  body?: string;
}

async function post(kind: string, payload: object, options: Options = {}): Promise<[number, string]> {
  const body = options.body ?? JSON.stringify(payload);
  const signature = `sha256=${createHmac("sha256", options.secret ?? SECRET)
    .update(body)
    .digest("hex")}`;
  const result = await handler({
    requestContext: { http: { method: options.method ?? "POST" } },
    headers: {
      "X-GitHub-Delivery": "d-1",
      "x-github-event": kind,
      "X-Hub-Signature-256": "signature" in options ? options.signature : signature,
      ...options.headers,
    },
    body: options.base64 ? Buffer.from(body).toString("base64") : body,
    isBase64Encoded: options.base64 ?? false,
  } as unknown as LambdaFunctionURLEvent);
  const { statusCode, body: text, headers } = result as { statusCode: number; body: string; headers: object };
  expect(headers).toEqual({
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  return [statusCode, text];
}

const QUEUED = [202, "Queued.\n"];
const published = (sha: string) => ({
  QueueUrl: `${aws.endpoint}/publish.fifo`,
  MessageBody: JSON.stringify({ sha, delivery: "d-1" }),
  MessageGroupId: "publish",
  MessageDeduplicationId: "d-1",
});
const validated = (message: object) => ({ QueueUrl: `${aws.endpoint}/validate`, MessageBody: JSON.stringify(message) });
const push = { ref: "refs/heads/main", after: SHA, repository };
const pull = (action: string, more: object = {}, base = "main") => ({
  action,
  repository,
  pull_request: { number: 5, head: { sha: SHA }, base: { ref: base } },
  ...more,
});

describe("a push", () => {
  it("of the published branch is queued to publish", async () => {
    expect(await post("push", push)).toEqual(QUEUED);
    expect(aws.sent).toEqual([published(SHA)]);
  });

  it("of another branch is queued to validate, regardless of case in the repository's name", async () => {
    const other = { ...push, ref: "refs/heads/side", repository: { full_name: "Owner/NAME" } };
    expect(await post("push", other, { base64: true })).toEqual(QUEUED);
    expect(aws.sent).toEqual([validated({ sha: SHA, delivery: "d-1", branch: "side" })]);
  });

  it.each([
    [{ ref: "refs/tags/main" }, "it is not about a branch"],
    [{ ref: undefined }, "it is not about a branch"],
    [{ deleted: true }, "the branch was deleted"],
    [{ after: "0".repeat(40) }, "the branch was deleted"],
    [{ after: `${SHA}0` }, "it names no commit"],
    [{ after: `0${SHA}` }, "it names no commit"],
    [{ after: undefined }, "it names no commit"],
    [{ ref: "refs/heads/side", after: "main" }, "it names no commit"],
  ])("with %j is ignored", async (change, why) => {
    expect(await post("push", { ...push, ...change })).toEqual([202, `Ignored: ${why}.\n`]);
    expect(aws.sent).toEqual([]);
  });

  it("of another repository is ignored", async () => {
    for (const other of [{ full_name: "owner/other" }, undefined])
      expect(await post("push", { ...push, repository: other })).toEqual([
        202,
        "Ignored: owner/name is published here. If it was renamed, deploy again with its new name and the same stackName.\n",
      ]);
    expect(aws.sent).toEqual([]);
  });
});

describe("a pull request", () => {
  it.each(["opened", "synchronize", "reopened", "ready_for_review"])("that is %s is queued to validate", async (action) => {
    expect(await post("pull_request", pull(action))).toEqual(QUEUED);
    expect(aws.sent).toEqual([validated({ sha: SHA, delivery: "d-1", pull: 5 })]);
  });

  it("whose base was changed is queued to validate", async () => {
    expect(await post("pull_request", pull("edited", { changes: { base: {} } }))).toEqual(QUEUED);
  });

  it.each([
    ["edited", pull("edited"), "only its text was edited"],
    ["edited otherwise", pull("edited", { changes: { title: {} } }), "only its text was edited"],
    ["closed", pull("closed"), "nothing is done when it is closed"],
    ["against another branch", pull("opened", {}, "side"), "it is about another branch"],
    ["without a pull request", { action: "opened", repository }, "it names no commit"],
    ["without a commit", pull("opened", { pull_request: { number: 5, base: { ref: "main" } } }), "it names no commit"],
  ])("that is %s is ignored", async (_name, payload, why) => {
    expect(await post("pull_request", payload)).toEqual([202, `Ignored: ${why}.\n`]);
    expect(aws.sent).toEqual([]);
  });

  it("without a whole number is validated as a commit", async () => {
    const odd = { number: 1.5, head: { sha: SHA }, base: { ref: "main" } };
    expect(await post("pull_request", pull("opened", { pull_request: odd }))).toEqual(QUEUED);
    expect(aws.sent).toEqual([validated({ sha: SHA, delivery: "d-1" })]);
  });
});

describe("a merge queue", () => {
  const group = (action: string, more: object = {}) => ({
    action,
    repository,
    merge_group: { head_sha: SHA, base_ref: "refs/heads/main", head_ref: "refs/heads/gh-readonly-queue/main/pr-5", ...more },
  });

  it("that asks for checks is queued to validate", async () => {
    expect(await post("merge_group", group("checks_requested"))).toEqual(QUEUED);
    expect(aws.sent).toEqual([validated({ sha: SHA, delivery: "d-1" })]);
  });

  it.each([
    ["gives up", group("destroyed"), "nothing is done when it is destroyed"],
    ["merges into another branch", group("checks_requested", { base_ref: "refs/heads/side" }), "it is about another branch"],
    ["names no commit", group("checks_requested", { head_sha: "main" }), "it names no commit"],
  ])("that %s is ignored", async (_name, payload, why) => {
    expect(await post("merge_group", payload)).toEqual([202, `Ignored: ${why}.\n`]);
    expect(aws.sent).toEqual([]);
  });
});

describe("a requested re-run", () => {
  const run = (more: object) => ({ action: "rerequested", repository, ...more });
  it.each([
    ["a check run", { check_run: { head_sha: SHA, pull_requests: [{ number: 6 }] } }, { pull: 6 }],
    ["a check run of a side branch", { check_run: { head_sha: SHA, check_suite: { head_branch: "side" } } }, {}],
    ["a check suite", { check_suite: { head_sha: SHA, head_branch: "side", pull_requests: [] } }, {}],
    ["a check suite without pull requests", { check_suite: { head_sha: SHA, head_branch: null } }, {}],
  ])("of %s is validated again", async (_name, payload, more) => {
    expect(await post("check_suite" in payload ? "check_suite" : "check_run", run(payload))).toEqual(QUEUED);
    expect(aws.sent).toEqual([validated({ sha: SHA, delivery: "d-1", ...more, again: true })]);
  });

  it.each([
    ["the publisher's check run", { check_run: { name: "Factpress publish", head_sha: SHA } }],
    ["a check run of the published branch", { check_run: { head_sha: SHA, check_suite: { head_branch: "main" } } }],
    ["a check suite of the published branch", { check_suite: { head_sha: SHA, head_branch: "main" } }],
  ])("of %s is published", async (_name, payload) => {
    expect(await post("check_run", run(payload))).toEqual(QUEUED);
    expect(aws.sent).toEqual([published(SHA)]);
  });

  it("is no other action, and names a commit", async () => {
    const completed = { action: "completed", repository, check_run: { head_sha: SHA } };
    expect(await post("check_run", completed)).toEqual([202, "Ignored: only a requested re-run matters.\n"]);
    const nothing = run({ check_run: { name: "Factpress publish", head_sha: "main" } });
    expect(await post("check_run", nothing)).toEqual([202, "Ignored: it names no commit.\n"]);
    expect(aws.sent).toEqual([]);
  });
});

describe("a request", () => {
  it("that pings is answered, of whichever repository", async () => {
    expect(await post("ping", {})).toEqual([202, "Ignored: pong.\n"]);
  });

  it("of another kind is ignored", async () => {
    expect(await post("star", { repository })).toEqual([202, "Ignored: events of type star are not used.\n"]);
  });

  it("that is no POST is refused", async () => {
    expect(await post("push", push, { method: "GET" })).toEqual([405, "This address accepts webhooks only (POST).\n"]);
  });

  it.each([
    ["no delivery", { "X-GitHub-Delivery": "" }],
    ["an odd delivery", { "X-GitHub-Delivery": "a b" }],
    ["a long delivery", { "X-GitHub-Delivery": "a".repeat(101) }],
    ["no kind", { "x-github-event": "" }],
    ["an odd kind", { "x-github-event": "pu-sh" }],
    ["a long kind", { "x-github-event": "a".repeat(51) }],
  ])("with %s is refused before anything is read", async (_name, headers) => {
    expect(await post("push", push, { headers })).toEqual([
      400,
      "The header X-GitHub-Delivery or X-GitHub-Event is missing or malformed.\n",
    ]);
    expect(aws.reads).toBe(0);
  });

  it("with a delivery of 100 and a kind of 50 letters is read", async () => {
    expect(await post("push", push, { headers: { "X-GitHub-Delivery": "a".repeat(100) } })).toEqual(QUEUED);
    expect((await post("k".repeat(50), { repository }))[0]).toBe(202);
  });

  it("whose body is no JSON is refused", async () => {
    expect(await post("push", {}, { body: "payload=%7B%7D" })).toEqual([
      400,
      "The body is not JSON. Set the webhook's content type to application/json.\n",
    ]);
  });
});

describe("a signature", () => {
  const REFUSED = [401, "The signature does not match this webhook's secret.\n"];
  const NOT_SIGNED = [401, "The signature is missing. Set the webhook's secret.\n"];
  const MISSING = [undefined, "", "sha256=", `sha256=${"0".repeat(63)}`, `sha1=${"0".repeat(66)}`];
  const WRONG = `sha256=${"0".repeat(64)}`;
  /** The lines of metrics that requests lead to. */
  let written: string[];
  beforeEach(() => {
    written = [];
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => written.push(String(chunk)) > 0);
  });
  afterEach(() => void vi.restoreAllMocks());

  it.each(MISSING)("that is %s is refused, and not counted", async (signature) => {
    expect(await post("push", push, { signature })).toEqual(NOT_SIGNED);
    expect([aws.sent, written]).toEqual([[], []]);
  });

  it("that is wrong is refused, and counted: three raise the alarm of a wrong secret if a tick finds a push meanwhile, other requests do not", async () => {
    const template = synthHere();
    const mails = (unannounced: number): Record<string, number> =>
      mailsOf(template, new Map([...samplesOf(written), ["Unannounced Publish", [[1, unannounced]]]]), 86_400);
    for (const signature of MISSING) await post("push", push, { signature });
    for (const name of ["x-github-event", "X-GitHub-Delivery"]) await post("push", push, { headers: { [name]: "" }, signature: WRONG });
    await post("push", push, { method: "GET", signature: WRONG });
    expect(mails(1)).toEqual({});
    for (const _ of [1, 2]) expect(await post("push", push, { signature: WRONG })).toEqual(REFUSED);
    expect(mails(1)).toEqual({});
    expect(await post("push", push, { signature: WRONG })).toEqual(REFUSED);
    expect(mails(1)).toEqual({ WebhooksRefused: 1 });
    expect(mails(0)).toEqual({});
    expect(aws.sent).toEqual([]);
  });

  it("by a secret that was replaced meanwhile is accepted; a wrong one makes us read it again at most once a minute", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: new Date("2024-01-01T00:00:00Z") });
    try {
      expect(await post("push", push)).toEqual(QUEUED);
      expect(aws.reads).toBe(1);
      aws.secrets.set(ARN, "new");
      expect(await post("push", push, { secret: "new" })).toEqual(QUEUED);
      expect(aws.reads).toBe(2);
      aws.secrets.set(ARN, "newer");
      vi.setSystemTime(new Date("2024-01-01T00:00:59.999Z"));
      expect(await post("push", push, { secret: "newer" })).toEqual(REFUSED);
      expect(aws.reads).toBe(2);
      vi.setSystemTime(new Date("2024-01-01T00:01:00Z"));
      expect(await post("push", push, { secret: "newer" })).toEqual(QUEUED);
      expect(aws.reads).toBe(3);
    } finally {
      vi.useRealTimers();
    }
  });
});

it("what cannot be queued is answered with 500, so that GitHub shows the delivery as failed", async () => {
  expect(await post("ping", {})).toEqual([202, "Ignored: pong.\n"]);
  aws.isBroken = true;
  expect(await post("push", push)).toEqual([500, "The event could not be queued. Send the delivery again later.\n"]);
});
