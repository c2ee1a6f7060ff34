import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import examples from "@octokit/webhooks-examples" with { type: "json" };
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Assembly, sharedBundles } from "../../servers/lambda.ts";
import { listening } from "../../servers/servers.ts";
import { NODE_24 } from "../optional.ts";
import { type Pipeline, REPOSITORY, startPipeline, WEBHOOK_SECRET } from "./pipeline.ts";

let stack: Assembly;
beforeAll(async () => {
  stack = await sharedBundles("plain");
});

const SHA = "a".repeat(40);
const repository = { full_name: REPOSITORY, id: 1 };

describe.each([
  ["Node 24, which Lambda runs", NODE_24],
  [`the Node of this machine (${process.version})`, process.execPath],
])("receive on %s", (_name, node) => {
  let p: Pipeline;
  beforeEach(async () => {
    p = await startPipeline(stack, node);
  });
  afterEach(() => p?.stop());
  /** The message that waits in a queue. */
  const waiting = async (name: "validate" | "publish"): Promise<unknown> => (await p.receiveOne(name)) ?? null;

  it("sorts events: which queue each goes to, or why it is ignored", async () => {
    const push = (ref: string, more = {}) => p.webhook("push", { ref, after: SHA, repository, ...more });
    const pull = (action: string, more = {}) =>
      p.webhook("pull_request", {
        action,
        repository,
        pull_request: { number: 5, head: { sha: SHA, repo: { full_name: "other/fork", fork: true } }, base: { ref: "main" }, ...more },
      });
    expect(await push("refs/heads/main")).toMatchObject({ statusCode: 202, body: "Queued.\n" });
    expect(await waiting("publish")).toMatchObject({ sha: SHA });
    await push("refs/heads/side");
    expect(await waiting("validate")).toEqual({ sha: SHA, branch: "side", delivery: expect.any(String) });
    await pull("opened");
    expect(await waiting("validate")).toMatchObject({ sha: SHA, pull: 5 });
    await p.webhook("check_run", { action: "rerequested", repository, check_run: { head_sha: SHA, pull_requests: [{ number: 6 }] } });
    expect(await waiting("validate")).toMatchObject({ sha: SHA, pull: 6, again: true });
    await p.webhook("check_run", { action: "rerequested", repository, check_run: { name: "Factpress publish", head_sha: SHA } });
    expect(await waiting("publish")).toMatchObject({ sha: SHA });
    await p.webhook("push", { ref: "refs/heads/side", after: SHA, repository: { full_name: REPOSITORY.toUpperCase() } });
    expect(await waiting("validate")).toMatchObject({ sha: SHA });
    for (const [answer, why] of [
      [await push("refs/tags/v1"), "it is not about a branch"],
      [await push("refs/heads/main", { deleted: true, after: "0".repeat(40) }), "the branch was deleted"],
      [await push("refs/heads/main", { after: "../../x" }), "it names no commit"],
      [await pull("closed", { merged: true }), "nothing is done when it is closed"],
      [await pull("opened", { base: { ref: "other" } }), "it is about another branch"],
      [await pull("edited"), "only its text was edited"],
      [await push("refs/heads/main", { repository: { full_name: "other/repository" } }), "owner/name is published here"],
      [await p.webhook("ping", { zen: "…" }), "pong"],
      [await p.webhook("star", { action: "created", repository }), "are not used"],
    ] as const)
      expect([answer.statusCode, answer.body]).toEqual([202, expect.stringContaining(why)]);
    expect([await waiting("publish"), await waiting("validate")]).toEqual([null, null]);
  });

  it("refuses bodies without a valid signature over their exact bytes", async () => {
    const payload = { ref: "refs/heads/main", after: SHA, repository };
    const odd = JSON.stringify({ ...payload, note: "ü\u2028 \\ud83d" });
    const signed = (body: string | Buffer, secret = WEBHOOK_SECRET): string =>
      `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
    for (const signature of [
      null,
      "",
      "sha256=",
      "sha256=00",
      signed(odd, "another secret"),
      signed(`${odd} `),
      signed(odd).replace("sha256", "sha1"),
      signed(odd).toUpperCase(),
    ])
      expect(await p.webhook("push", payload, { body: odd, signature })).toMatchObject({ statusCode: 401 });
    expect(await waiting("publish")).toBeNull();
    expect(await p.webhook("push", payload, { body: odd, base64: true })).toMatchObject({ statusCode: 202 });
    expect(await waiting("publish")).toMatchObject({ sha: SHA });
    expect(await p.webhook("push", payload, { body: "no JSON" })).toMatchObject({ statusCode: 400 });
    expect(await p.webhook("push", payload, { delivery: "with spaces and\nlines" })).toMatchObject({ statusCode: 400 });
    expect(await p.functions.receive.invoke({ requestContext: { http: { method: "GET" } }, headers: {} })).toMatchObject({
      statusCode: 405,
    });
    expect(await p.functions.receive.invoke({})).toMatchObject({ statusCode: 405 });
  });

  it("accepts a body of six megabytes, base64 or not", async () => {
    const body = JSON.stringify({ ref: "refs/heads/main", after: SHA, repository, commits: "x".repeat(6_000_000) });
    for (const base64 of [false, true])
      expect(await p.webhook("push", {}, { body, base64 })).toMatchObject({ statusCode: 202, body: "Queued.\n" });
  });

  it("answers GitHub's own examples of every event, and fails at none", async () => {
    await p.restart("receive", { REPOSITORY: "Codertocat/Hello-World", BRANCH: "master" });
    const answers = new Map<number, number>();
    for (const { name, examples: payloads } of examples as unknown as { name: string; examples: object[] }[])
      for (const payload of payloads) {
        const { statusCode } = await p.webhook(name, payload);
        answers.set(statusCode, (answers.get(statusCode) ?? 0) + 1);
      }
    expect([...answers.keys()]).toEqual([202]);
    expect(answers.get(202)).toBeGreaterThan(300);
  });

  it("answers 500 if the queue is missing, so that GitHub shows the delivery as failed", async () => {
    await p.restart("receive", { PUBLISH_QUEUE_URL: `${p.moto.endpoint}/123456789012/nothing.fifo` });
    expect(await p.webhook("push", { ref: "refs/heads/main", after: SHA, repository })).toMatchObject({ statusCode: 500 });
    expect(p.functions.receive.log()).toContain("not queued");
  });

  it("answers 500 within GitHub's ten seconds if the queue does not answer", async () => {
    const { port, close } = await listening(createServer(() => {}));
    await p.restart("receive", { PUBLISH_QUEUE_URL: `http://127.0.0.1:${port}/123456789012/silent.fifo` });
    const start = performance.now();
    expect(await p.webhook("push", { ref: "refs/heads/main", after: SHA, repository })).toMatchObject({ statusCode: 500 });
    expect(performance.now() - start).toBeLessThan(10_000);
    await close();
  });
});
