import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { SQSBatchResponse } from "aws-lambda";
import { afterEach, beforeAll, beforeEach, describe, expect, it, type RunnerTestSuite as Suite, type RunnerTestCase as Test } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { cacheControl } from "../../../lib/edge/cache-control.ts";
import { contentType } from "../../../lib/edge/content-type.ts";
import { edgeServer } from "../../../lib/edge/edge-server.ts";
import { loadEdgeFunction } from "../../../lib/edge/load-edge-function.ts";
import { NO_ALIASES } from "../../../lib/publish/read-only.ts";
import type { Catalogue } from "../../../lib/release/catalogue.ts";
import { parseCatalogue } from "../../../lib/release/parse-catalogue.ts";
import { verifyDataset } from "../../../lib/verify/verify-dataset.ts";
import { factpress, scratch, smallDataset, tree, write } from "../../scratch.ts";
import { type Assembly, type AwsCall, sharedBundles, type Template } from "../../servers/lambda.ts";
import { createKey, listening, makeBucket, motoClient } from "../../servers/servers.ts";
import { synthHere } from "../../servers/synth.ts";
import { NODE_24 } from "../optional.ts";
import { dataFolder, type Pipeline, REPOSITORY, startPipeline, WEBHOOK_SECRET } from "./pipeline.ts";
import { StackPolicies } from "./stack-policies.ts";

/** In another account. */
const COPY_BUCKET = "catalogue-copy";

let template: Template;
let stack: Assembly;
beforeAll(async () => {
  stack = await sharedBundles("plain");
  template = stack.template;
});

const rivers = (...labels: string[]) => labels.map((label, i) => ({ id: ["rhine", "elbe", "oder", "spree"][i], label }));
/** Who called what on AWS, over all tests of this file. */
const called = new Map<string, Set<string>>();
/** The calls that differ, by what a policy can tell apart. */
const calls = new Map<string, AwsCall>();
const logs: string[] = [];
const isInCopy = (about: string): boolean => new RegExp(`^/${COPY_BUCKET}[/?]`).test(about);
/** What a log line says of its metrics: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
interface EmittedMetrics {
  Namespace: string;
  Dimensions: string[][];
  Metrics: { Name: string; Unit: string }[];
}
interface WatchedMetric {
  Namespace: string;
  MetricName: string;
  Dimensions: { Name: string; Value: unknown }[];
}
const logLines = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** The metrics in a log, with the dimensions that they have there. */
const emittedMetrics = (log: string): object[] =>
  logLines(log).flatMap((line) => {
    const { CloudWatchMetrics = [] } = (line["_aws"] ?? {}) as { CloudWatchMetrics?: EmittedMetrics[] };
    return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
      Metrics.flatMap(({ Name, Unit }) =>
        Dimensions.map((names) => ({ Namespace, Name, Unit, dimensions: names.map((name) => [name, line[name]]).sort() })),
      ),
    );
  });

describe.each([
  ["Node 24, which Lambda runs", NODE_24, true],
  // The same bundles on the Node that the tests run on: the way through, and a pull request.
  [`the Node of this machine (${process.version})`, process.execPath, false],
])("the pipeline on %s", (_name, node, all) => {
  // On the second Node only some tests are there at all: none is skipped.
  const whole = (all ? it : Object.assign(() => {}, { each: () => () => {} })) as typeof it;
  let p: Pipeline;
  let at: string;

  beforeEach(async () => {
    p = await startPipeline(stack, node);
    at = dataFolder(p);
    await write(at, smallDataset("1.0.0"));
    await p.git.commit("1", "2024-01-01T00:00:00Z");
  });
  afterEach(async () => {
    for (const { who, action } of p.calls()) called.set(who, (called.get(who) ?? new Set()).add(action));
    // What goes to another account is tested separately: its permission depends on a setting.
    for (const call of p.calls().filter(({ about }) => !isInCopy(about))) {
      const key = call.about.replace(p.bucket, "bucket").replace(/[0-9a-f-]{36}/g, "uuid");
      calls.set(JSON.stringify([call.who, call.action, key, Object.keys(call.conditions)]), call);
    }
    // Node 20 adds a warning of its own, of the SDK about Node 20.
    if (all) for (const each of Object.values(p.functions)) logs.push(each.log());
    await p.stop();
    expect(p.github.violations).toEqual([]);
  });

  const store = (bucket = p.bucket) =>
    s3Store({
      bucket,
      headersOf: (key) => ({ contentType: contentType(key), cacheControl: cacheControl(key) }),
      client: motoClient(p.moto.endpoint),
    });
  const catalogue = async (): Promise<Catalogue> => parseCatalogue((await store().get("small/releases.json"))?.bytes as Uint8Array);
  const versions = async (): Promise<string[]> => (await catalogue()).releases.map(({ version }) => version);
  /** What is said of a commit: of what came of it where it was published, else of what was found in it. */
  const verdict = (sha: string) => {
    const runs = p.github.checkRuns.filter((run) => run.head_sha === sha);
    return runs.findLast(({ name }) => name === "Factpress publish") ?? runs.at(-1);
  };
  /** A pull request with some files changed. */
  const pull = async (number: number, files: Record<string, unknown>): Promise<string> => {
    await p.git.git(
      "checkout",
      "-q",
      "-B",
      `change-${number}`,
      p.github.pulls.some((one) => one.number === number) ? `change-${number}` : "main",
    );
    await write(at, files);
    const sha = await p.git.commit(`pull ${number}`, "2024-02-01T00:00:00Z");
    await p.git.git("update-ref", `refs/pull/${number}/head`, sha);
    await p.git.git("checkout", "-q", "main");
    p.github.pulls = [...p.github.pulls.filter((one) => one.number !== number), { number, sha, base: "main" }];
    return sha;
  };
  const pullEvent = (number: number, sha: string, action = "opened", more = {}) =>
    p.webhook("pull_request", {
      action,
      repository: { full_name: REPOSITORY },
      pull_request: { number, head: { sha, repo: { full_name: "other/fork", fork: true } }, base: { ref: "main" }, ...more },
    });

  it("publishes a push: webhook, queue, checks, store, signature, aliases, edge, with the right headers", async () => {
    const sha = await p.push();
    expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
    expect(verdict(sha)).toMatchObject({
      conclusion: "success",
      output: { title: "published 1.0.0", summary: expect.stringContaining("https://data.example.org/small/1.0.0/") },
    });
    const s3 = motoClient(p.moto.endpoint);
    for (const [Key, type, cache] of [
      ["small/1.0.0/levels.csv", "text/csv; charset=utf-8", "public, max-age=31536000, immutable"],
      ["small/1.0.0/SHA256SUMS.jws", "text/plain; charset=utf-8", "public, max-age=31536000, immutable"],
      ["small/releases.json", "application/json", "public, max-age=60"],
      ["pages/small/index.html", "text/html; charset=utf-8", "public, max-age=60"],
    ] as const)
      expect(await s3.send(new HeadObjectCommand({ Bucket: p.bucket, Key }))).toMatchObject({ ContentType: type, CacheControl: cache });
    // The very store is as it should be, signed with KMS.
    const aliases = {
      get: async (key: string) => p.kvs.entries.get(key),
      async *list(prefix: string) {
        for (const key of p.kvs.entries.keys()) if (key.startsWith(prefix)) yield key;
      },
    };
    expect(await verifyDataset({ store: store(), dataset: "small", aliases, generator: "1" })).toMatchObject({
      releases: 1,
      unsigned: [],
      keys: [expect.any(String)],
    });
    // What is in the bucket and the KeyValueStore, behind the edge.
    const root = await mkdtemp(join(tmpdir(), "factpress-edge-"));
    for await (const { key } of store().list("")) await write(root, { [key]: (await store().get(key))?.bytes as Uint8Array });
    const server = edgeServer({ root, aliases: aliases as never });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    const response = await fetch(`${base}/small/latest/levels.csv`);
    expect([response.status, response.url, response.headers.get("cache-control")]).toEqual([
      200,
      `${base}/small/1.0.0/levels.csv`,
      "public, max-age=31536000, immutable",
    ]);
    expect(await response.text()).toContain("rhine,Rhine,1,2.5");
    expect((await fetch(`${base}/small/1.0.1/levels.csv`)).status).toBe(404);
    server.close();
    await rm(root, { recursive: true });
    // Again: nothing is written or reported.
    const [updates, runs] = [p.kvs.updates, p.github.checkRuns.length];
    await p.push();
    await p.pump("publish");
    expect([p.kvs.updates, p.github.checkRuns.length, await versions()]).toEqual([updates, runs, ["1.0.0"]]);
  });

  whole(
    "checks and publishes a repository that holds somebody's rows in a folder of theirs, and nothing else",
    async () => {
      for (const name of ["validate", "publish"] as const) await p.restart(name, { DATA_FOLDER: "open/tables" });
      await p.git.git("update-ref", "-d", "refs/heads/main");
      await rm(join(p.git.folder, "data"), { recursive: true });
      await write(p.git.folder, { "towns.csv": "code;name\n01;Kiel\n02;Lübeck\n" });
      expect(await factpress(p.git.folder, "new", "towns", "--from", "towns.csv", "--data", "open/tables")).toMatchObject({ code: 0 });
      await rm(join(p.git.folder, "towns.csv"));
      const towns = join(p.git.folder, "open/tables/towns");
      const metadata = JSON.parse(readFileSync(join(towns, "dataset.json"), "utf8")) as object;
      await write(towns, {
        "dataset.json": { ...metadata, description: "Towns.", licenses: [{ name: "CC0-1.0" }], release: { version: "1.0.0" } },
      });
      const first = await p.git.commit("Towns", "2024-03-01T00:00:00Z");
      expect(await p.git.git("ls-files")).toBe(
        ["dataset.json", "records.json", "schema.json"].map((name) => `open/tables/towns/${name}`).join("\n"),
      );
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(first)).toMatchObject({ conclusion: "success", output: { title: "published 1.0.0" } });
      expect(String((await store().get("towns/1.0.0/records.csv"))?.bytes)).toBe("code,name\r\n01,Kiel\r\n02,Lübeck\r\n");
      const wrong = await pull(7, { "../../open/tables/towns/records.json": [{ code: 1, name: "Kiel" }] });
      await pullEvent(7, wrong);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(wrong)?.annotations.map(({ path, start_line }) => [path, start_line])).toEqual([
        ["open/tables/towns/records.json", 3],
      ]);
    },
    180_000,
  );

  whole("publishes nothing that fails a check of the dataset", async () => {
    await write(at, {
      "checks/rule.sql": "-- table: levels\nSELECT river, gauge, 'Below its bed' AS message FROM levels WHERE metres < 0",
    });
    await p.git.commit("a check", "2024-01-02T00:00:00Z");
    await write(at, { "levels.json": [{ river: "rhine", gauge: 1, metres: -1 }] });
    await p.git.commit("a failing check", "2024-01-03T00:00:00Z");
    const sha = await p.push();
    expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
    expect(verdict(sha)).toMatchObject({
      conclusion: "failure",
      output: { title: "not published", summary: expect.stringMatching(/data\/small\/levels\.json:3:14.*Below its bed/) },
    });
    expect(await versions()).toEqual(["1.0.0"]);
  });

  whole(
    "says of a merge that could not be published what happened, and that it is published once it is",
    async () => {
      const s3 = motoClient(p.moto.endpoint);
      await p.push();
      await p.pump("publish");
      const Key = "small/1.0.0/rivers.csv";
      const right = (await store().get(Key))?.bytes as Uint8Array;
      await s3.send(new DeleteObjectCommand({ Bucket: p.bucket, Key: "small/releases.json" }));
      await s3.send(new PutObjectCommand({ Bucket: p.bucket, Key, Body: "damaged" }));
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      const sha = await p.git.commit("2", "2024-01-02T00:00:00Z");
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 1 });
      expect(verdict(sha)).toMatchObject({
        conclusion: "failure",
        output: {
          title: "not published",
          summary: expect.stringMatching(
            /^- \*\*small\*\*: could not be published; .*small\/1\.0\.0\/rivers\.csv exists in the store with different/,
          ),
        },
      });
      await s3.send(new PutObjectCommand({ Bucket: p.bucket, Key, Body: right }));
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(sha)).toMatchObject({ conclusion: "success", output: { title: "published 1.0.1" } });
    },
    180_000,
  );

  whole(
    "annotates what is wrong with a commit that made a release all the same, whenever it is asked",
    async () => {
      await p.push();
      await p.pump("publish");
      const metadata = smallDataset("1.0.0")["dataset.json"] as object;
      await write(at, {
        "dataset.json": { ...metadata, release: { version: "1.0.0", withdrawn: [{ version: "9.9.9", reason: "typed wrongly" }] } },
        "rivers.json": rivers("Rhein", "Elbe"),
      });
      const sha = await p.git.commit("2", "2024-01-02T00:00:00Z");
      await p.push();
      await p.pump("publish");
      await p.tick();
      expect(await versions()).toEqual(["1.0.1", "1.0.0"]);
      expect(p.github.checkRuns.filter(({ head_sha }) => head_sha === sha)).toMatchObject([
        {
          conclusion: "failure",
          output: { title: "published 1.0.1, 1 problem", summary: expect.stringContaining("9.9.9 is not a release") },
          annotations: [{ path: "data/small/dataset.json" }],
        },
      ]);
    },
    180_000,
  );

  it("redirects readers at the edge by the aliases that the pipeline wrote", async () => {
    await p.push();
    await p.pump("publish");
    const edge = loadEdgeFunction(async (key) => p.kvs.entries.get(key));
    expect(await edge({ method: "GET", uri: "/small/as-of/2024-01-01/levels.csv", querystring: {}, headers: {} })).toMatchObject({
      statusCode: 302,
      headers: { location: { value: "/small/1.0.0/levels.csv" } },
    });
  });

  whole(
    "has the canary compare what readers get with what the deployment's key signed",
    async () => {
      const root = await scratch();
      const server = edgeServer({ root, aliases: { ...NO_ALIASES, get: async (key) => p.kvs.entries.get(key) } });
      const { port, close } = await listening(server);
      const address = { SITE_URL: `http://127.0.0.1:${port}`, CANARY_WAIT_SECONDS: "0" };
      try {
        await p.restart("canary", address);
        await p.functions.canary.invoke({});
        await p.restart("publish", address);
        await p.push();
        await p.pump("publish");
        for await (const { key } of store().list("")) await write(root, { [key]: Buffer.from((await store().get(key))?.bytes ?? "") });
        await p.functions.canary.invoke({});
        expect(logLines(p.functions.canary.log()).map(({ message, datasets, isEmpty }) => [message, datasets, isEmpty])).toEqual([
          ["compared", 0, true],
          ["compared", 1, undefined],
        ]);
        // Four days later, a head that was not renewed is counted, as an alarm of the stack watches it.
        logs.push(p.functions.canary.log());
        const later = "data:text/javascript,globalThis.now=Date.now;Date.now=()=>now()+4*864e5";
        await p.restart("canary", { ...address, NODE_OPTIONS: `--import=${later}` });
        await p.functions.canary.invoke({});
        const late = p.functions.canary.log();
        const dimensions = [
          ["function", "f"],
          ["service", "factpress"],
        ];
        expect(logLines(late)).toContainEqual(expect.objectContaining({ level: "ERROR", message: "the signed head is out of date" }));
        expect(emittedMetrics(late)).toEqual([{ Namespace: "Factpress", Name: "HeadOutOfDate", Unit: "Count", dimensions }]);
        // Who can change the site can sign with another key: it is another one than that of the deployment.
        const other = await createKey(p.moto.endpoint);
        logs.push(p.functions.canary.log());
        await p.restart("canary", { ...address, SIGNING_KEY_ARN: other });
        await expect(p.functions.canary.invoke({})).rejects.toThrow("which is not among the public keys");
        expect(logLines(p.functions.canary.log())).toMatchObject([{ level: "ERROR", message: "the site differs from the signed head" }]);
      } finally {
        await close();
      }
    },
    180_000,
  );

  whole(
    "names the dataset in each line of the log, and never the previous one",
    async () => {
      const other = smallDataset("1.0.0");
      await write(join(at, "../other"), { ...other, "dataset.json": { ...(other["dataset.json"] as object), name: "other" } });
      await p.git.commit("2", "2024-01-02T00:00:00Z");
      await p.push();
      await p.pump("publish");
      // After datasets were published: a line about none.
      p.github.interfere = () => ({ status: 403 });
      await expect(p.tick()).rejects.toThrow();
      p.github.interfere = undefined;
      const lines = logLines(p.functions.publish.log()).filter(({ message }) => message !== undefined);
      expect(lines.map(({ message, dataset }) => [message, dataset])).toEqual([
        ["other 1.0.0  first release", "other"],
        ["small 1.0.0  first release", "small"],
        ["released", "other"],
        ["released", "small"],
        ["not published", undefined],
      ]);
    },
    180_000,
  );

  it("checks a pull request from a fork: annotations at the lines, one comment that is updated, what would change", async () => {
    await p.push();
    await p.pump("publish");
    const first = await pull(7, {
      "levels.json":
        '[\n  { "river": "po", "gauge": 1, "metres": 1 },\n  { "river": "elbe", "gauge": 1, "metres": "@everyone <img src=x>" }\n]\n',
    });
    expect(await pullEvent(7, first)).toMatchObject({ statusCode: 202, body: "Queued.\n" });
    expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
    expect(verdict(first)).toMatchObject({ conclusion: "failure", output: { title: "2 problems" } });
    expect(verdict(first)?.annotations.map(({ path, start_line }) => [path, start_line])).toEqual([
      ["data/small/levels.json", 2],
      ["data/small/levels.json", 3],
    ]);
    expect(verdict(first)?.output.summary).toContain("`data/small/levels.json:2:");
    expect(verdict(first)?.output.summary).not.toMatch(/(?<!\\)<img|@everyone/);
    expect(p.github.comments).toMatchObject([{ issue: 7, body: expect.stringContaining("2 problems") }]);
    const second = await pull(7, {
      "levels.json": [...(smallDataset()["levels.json"] as object[]), { river: "elbe", gauge: 2, metres: 4 }],
    });
    await pullEvent(7, second, "synchronize");
    await p.pump("validate");
    expect(verdict(second)).toMatchObject({ conclusion: "success", output: { title: "small: minor, 1 level added" } });
    expect(p.github.comments).toHaveLength(1);
    expect(p.github.comments[0]?.body).toContain("makes a **minor** release");
    expect(p.github.comments[0]?.body).toContain('added `["elbe",2]` Elbe');
    // The same webhook again says nothing new.
    const runs = p.github.checkRuns.length;
    await pullEvent(7, second, "synchronize");
    await p.pump("validate");
    expect([p.github.checkRuns.length, p.github.comments.length]).toEqual([runs, 1]);
    expect(await versions()).toEqual(["1.0.0"]);
  });

  whole(
    "puts 50 annotations into a request, and names the rest with file and line",
    async () => {
      // A problem of more than half of the records is one problem.
      const many = Array.from({ length: 341 }, (_, i) => ({ river: "rhine", gauge: i, metres: i < 170 ? "x" : 1 }));
      const sha = await pull(8, { "levels.json": many });
      await pullEvent(8, sha);
      await p.pump("validate");
      expect(verdict(sha)).toMatchObject({ output: { title: "170 problems", summary: expect.stringContaining("and 20 more") } });
      expect(verdict(sha)?.annotations).toHaveLength(150);
      expect(p.github.requests.filter(({ path }) => path.includes("/check-runs")).map(({ method }) => method)).toEqual([
        "GET",
        "POST",
        "PATCH",
        "PATCH",
      ]);
    },
    180_000,
  );

  whole(
    "fails a pull request that breaks readers unannounced, and says both ways out",
    async () => {
      const sha = await pull(9, { "rivers.json": rivers("Rhine"), "levels.json": [] });
      await pullEvent(9, sha);
      await p.pump("validate");
      expect(verdict(sha)).toMatchObject({
        conclusion: "failure",
        output: { summary: expect.stringMatching(/rivers: elbe is gone[\s\S]*release\\?\.version to "2\\?\.0\\?\.0"/) },
      });
    },
    180_000,
  );

  whole(
    "compares a pull request that reverts and withdraws the newest release with the one in force, as the catalogue says",
    async () => {
      await p.push();
      await p.pump("publish");
      const first = smallDataset("1.0.0")["rivers.json"] as object[];
      await write(at, { "rivers.json": [...first, { id: "oder", label: "Oder" }] });
      await p.git.commit("by mistake", "2024-01-02T00:00:00Z");
      await p.push();
      await p.pump("publish");
      expect(await versions()).toEqual(["1.1.0", "1.0.0"]);
      const release = { version: "1.0.0", withdrawn: [{ version: "1.1.0", reason: "wrong" }] };
      const both = { "dataset.json": { ...(smallDataset("1.0.0")["dataset.json"] as object), release }, "rivers.json": first };
      const sha = await pull(10, both);
      await pullEvent(10, sha);
      await p.pump("validate");
      expect(verdict(sha)).toMatchObject({ conclusion: "success", output: { title: "No problems" } });
    },
    180_000,
  );

  whole(
    "makes a release of each of many commits in one push, a bounded number a run, and goes on by itself",
    async () => {
      for (let i = 2; i <= 13; i += 1) {
        await write(at, { "rivers.json": i === 5 ? "[" : rivers(`Rhine ${i}`, "Elbe") });
        await p.git.commit(String(i), `2024-01-${String(i).padStart(2, "0")}T00:00:00Z`);
      }
      const sha = await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 2, failed: 0 });
      expect(await versions()).toHaveLength(12);
      expect(verdict(sha)).toMatchObject({ output: { title: "published 1.0.11" } });
      const bad = await p.git.git("rev-parse", "HEAD~8");
      expect(verdict(bad)).toMatchObject({
        conclusion: "failure",
        output: { title: "not published" },
        annotations: [{ path: "data/small/rivers.json" }],
      });
    },
    180_000,
  );

  whole(
    "does not swallow a second push within minutes, nor a repeated delivery twice",
    async () => {
      const first = await p.push();
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      const second = await p.git.commit("2", "2024-01-02T00:00:00Z");
      const event = { ref: "refs/heads/main", after: second, repository: { full_name: REPOSITORY } };
      for (let i = 0; i < 3; i += 1) expect(await p.webhook("push", event, { delivery: "the-same" })).toMatchObject({ statusCode: 202 });
      await p.webhook("push", event, { delivery: "another" });
      expect(await p.pump("publish")).toEqual({ handled: 3, failed: 0 });
      expect(await versions()).toEqual(["1.0.1", "1.0.0"]);
      expect([verdict(first)?.output.title, verdict(second)?.output.title]).toEqual(["published 1.0.0", "published 1.0.1"]);
    },
    180_000,
  );

  whole(
    "says where nothing changed, where a dataset went, and where a branch is pushed",
    async () => {
      await p.push();
      await p.pump("publish");
      await write(p.git.folder, { "README.md": "words" });
      const words = await p.git.commit("words", "2024-01-02T00:00:00Z");
      await p.push();
      await p.pump("publish");
      expect(verdict(words)).toMatchObject({ conclusion: "success", output: { title: "nothing new" } });
      await p.git.git("checkout", "-q", "-b", "side");
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      const side = await p.git.commit("side", "2024-01-03T00:00:00Z");
      await p.push("side");
      expect((await p.pump("publish")).handled).toBe(0);
      await p.pump("validate");
      expect(verdict(side)).toMatchObject({ output: { title: "small: patch, 1 river corrected" } });
      await p.git.git("checkout", "-q", "main");
      await rm(at, { recursive: true });
      const gone = await p.git.commit("gone", "2024-01-04T00:00:00Z");
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(gone)).toMatchObject({ conclusion: "success" });
      expect(await versions()).toEqual(["1.0.0"]);
    },
    180_000,
  );

  whole(
    "follows a force-push that the dataset declares with a break, and a tip that moves while it publishes",
    async () => {
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      await p.git.commit("2", "2024-01-02T00:00:00Z");
      await p.push();
      const folder = await p.git.git("rev-parse", "HEAD:data/small");
      let moved = false;
      p.github.interfere = (_method, path) => {
        if (!moved && path.endsWith(`/git/trees/${folder}`)) {
          moved = true;
          execFileSync("git", ["-C", p.git.folder, "commit", "-q", "--allow-empty", "-m", "moved"], {
            env: {
              ...process.env,
              GIT_AUTHOR_NAME: "A",
              GIT_AUTHOR_EMAIL: "a@example.org",
              GIT_COMMITTER_NAME: "A",
              GIT_COMMITTER_EMAIL: "a@example.org",
              GIT_COMMITTER_DATE: "2024-01-03T00:00:00Z",
            },
          });
        }
        return undefined;
      };
      await p.pump("publish");
      p.github.interfere = undefined;
      expect([moved, await versions()]).toEqual([true, ["1.0.1", "1.0.0"]]);
      await p.git.git("reset", "-q", "--hard", "HEAD~2");
      await write(at, { "rivers.json": rivers("Rijn", "Elbe") });
      const refused = await p.git.commit("forced", "2024-01-04T00:00:00Z");
      await p.push();
      await p.pump("publish");
      expect([verdict(refused)?.conclusion, await versions()]).toEqual(["failure", ["1.0.1", "1.0.0"]]);
      const release = { version: "1.0.0", rewritten: (await catalogue()).releases[0]?.commit };
      await write(at, { "dataset.json": { ...(smallDataset()["dataset.json"] as object), release } });
      const forced = await p.git.commit("forced on purpose", "2024-01-05T00:00:00Z");
      await p.push();
      await p.pump("publish");
      expect((await catalogue()).releases[0]).toMatchObject({ version: "1.0.2", commit: forced, break: true });
    },
    180_000,
  );

  whole.each([
    [
      "throttled for a second (403)",
      { status: 403, headers: { "retry-after": "1" }, body: { message: "You have exceeded a secondary rate limit" } },
      false,
    ],
    [
      "throttled for a second (429)",
      { status: 429, headers: { "retry-after": "1" }, body: { message: "Too many requests: secondary rate limit" } },
      false,
    ],
    ["throttled for an hour", { status: 429, headers: { "retry-after": "3600" }, body: { message: "secondary rate limit" } }, true],
    ["a token that ended", { status: 401, body: { message: "Bad credentials" } }, false],
  ])(
    "waits for GitHub or returns the message to the queue: %s",
    async (_what, answer, fails) => {
      let times = 0;
      p.github.interfere = (_method, path) => (path.includes("/git/trees/") && times++ === 0 ? answer : undefined);
      await p.push();
      expect((await p.pump("publish")).failed).toBe(fails ? 1 : 0);
      if (fails) expect((await p.pump("publish")).failed).toBe(0);
      expect(await versions()).toEqual(["1.0.0"]);
    },
    180_000,
  );

  const REMAINING_0 = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3_000) };
  whole(
    "checks a commit of a merge queue once GitHub's limits are over, and gives no verdict before",
    async () => {
      const sha = await pull(40, { "rivers.json": rivers("Rhein", "Elbe") });
      const group = { action: "checks_requested", repository: { full_name: REPOSITORY } };
      const queue = () => p.webhook("merge_group", { ...group, merge_group: { head_sha: sha, base_ref: "refs/heads/main" } });
      // The hourly limit, met by the first request for the commit.
      p.github.interfere = (_method, path) =>
        path.includes("/access_tokens") || path.endsWith("/installation") ? undefined : { status: 403, headers: REMAINING_0 };
      await queue();
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect([await p.delayed("validate"), p.github.checkRuns]).toEqual([1, []]);
      // In the end it is a dead letter, which has an alarm.
      const postponedSince = new Date(Date.now() - 3 * 3_600_000).toISOString();
      for (const tries of [1, 3, 4, 5]) expect(await p.validateAgain(sha, tries, { postponedSince })).toEqual(["1"]);
      // A secondary limit, for longer than the client waits within a request.
      let refused = 0;
      const secondary = { status: 403, headers: { "retry-after": "1" }, body: { message: "You have exceeded a secondary rate limit" } };
      p.github.interfere = (_method, path) => (path.includes("/git/trees/") && ++refused <= 3 ? secondary : undefined);
      await queue();
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect([refused, p.github.checkRuns]).toEqual([3, []]);
      await new Promise((done) => setTimeout(done, 2_000));
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect(p.github.checkRuns).toMatchObject([{ head_sha: sha, conclusion: "success" }]);
    },
    180_000,
  );

  whole(
    "hides a failed message for half a minute, not for as long as the function may run, and gives up what fails often: the tick continues",
    async () => {
      p.github.interfere = () => ({ status: 404 });
      await p.push();
      await p.push();
      // What comes after a failure waits for it: the messages have an order.
      for (const seconds of [30, 120]) {
        expect(await p.pump("publish")).toEqual({ handled: 1, failed: 1 });
        expect(p.hiddenFor("publish")).toEqual([seconds]);
        expect(await p.receiveOne("publish")).toBeUndefined();
      }
      // The first message is dropped, and with it the second, which was sent before the last attempt.
      expect(await p.pump("publish")).toEqual({ handled: 2, failed: 0 });
      for (const line of ["given up: the next tick continues", "given up, like the previous run"])
        expect(p.functions.publish.log()).toContain(line);
      // A later message is delivered.
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 1 });
      // While a message waits to be tried again, a tick adds none.
      p.github.interfere = (_method, path) => (path.includes("/git/ref/") ? { status: 404 } : undefined);
      await p.tick();
      for (let tries = 0; tries < 2; tries += 1) await p.pump("publish");
      expect(await p.pump("publish")).toEqual({ handled: 0, failed: 0 });
      expect(p.errors).toEqual([]);
      // That of a tick is tried once, and fails the function, which raises its alarm.
      await p.tick();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 1 });
      expect(p.errors).toHaveLength(1);
      expect(await p.pump("publish")).toEqual({ handled: 0, failed: 0 });
      p.github.interfere = undefined;
      await p.tick();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(await versions()).toEqual(["1.0.0"]);
      p.github.interfere = () => ({ status: 404 });
      await pullEvent(40, await pull(40, { "rivers.json": rivers("Rhein", "Elbe") }));
      for (const seconds of [30, 300]) {
        expect(await p.pump("validate")).toEqual({ handled: 1, failed: 1 });
        expect(p.hiddenFor("validate")).toEqual([seconds]);
        expect(await p.receiveOne("validate")).toBeUndefined();
      }
    },
    180_000,
  );

  whole(
    "finds a commit that GitHub does not show yet just after its push",
    async () => {
      const sha = await pull(41, { "rivers.json": rivers("Rhein", "Elbe") });
      let asked = 0;
      p.github.interfere = (_method, path) => (path.includes(`/git/commits/${sha}`) && asked++ === 0 ? { status: 404 } : undefined);
      await pullEvent(41, sha);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 1 });
      expect(p.github.checkRuns).toEqual([]);
      expect(p.hiddenFor("validate")).toEqual([30]);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(sha)).toMatchObject({ conclusion: "success" });
    },
    180_000,
  );

  whole(
    "emits the lag of a release, refused verdicts, missing webhooks and a damaged store as the metrics that alarms of the stack watch",
    async () => {
      await p.push();
      await p.pump("publish");
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      await p.git.commit("2", "2024-01-02T00:00:00Z");
      await p.push();
      await p.pump("publish");
      // A verdict that GitHub refuses is counted, and its message is not retried.
      const sha = await pull(11, { "rivers.json": rivers("Rhein", "Elbe", "Oder") });
      await pullEvent(11, sha);
      p.github.interfere = (method, path) => (method === "POST" && path.endsWith("/check-runs") ? { status: 403 } : undefined);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      // So is the report on a release, which a tick tries again: no function fails.
      await write(at, { "rivers.json": rivers("Rhein", "Elbe", "Weser") });
      const third = await p.git.commit("3", "2024-01-03T00:00:00Z");
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(await versions()).toEqual(["1.1.0", "1.0.1", "1.0.0"]);
      await p.tick();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(p.errors).toEqual([]);
      p.github.interfere = undefined;
      await p.tick();
      await p.pump("publish");
      expect(verdict(third)).toMatchObject({ conclusion: "success" });
      // A check that cannot complete.
      p.github.interfere = (_method, path) => (path.includes("/compare/") ? { status: 403 } : undefined);
      await p.validateAgain(await pull(12, { "rivers.json": rivers("Rhein", "Oder") }), 1);
      p.github.interfere = undefined;
      await p.webhook("ping", {}, { signature: `sha256=${"0".repeat(64)}` });
      // A catalogue that somebody damaged fails the run of a tick, which is no error of the function.
      const damaged = await store().get("small/releases.json");
      await store().putIfMatch("small/releases.json", Buffer.from("[]"), damaged?.etag as string);
      await write(at, { "rivers.json": rivers("Rhein") });
      await p.git.commit("4", "2024-01-04T00:00:00Z");
      await p.tick();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(p.errors).toEqual([]);
      const logs = (["publish", "validate", "receive"] as const).map((name) => p.functions[name].log());
      // So does S3 if it does not answer.
      const s3 = await listening(createServer((_request, response) => response.writeHead(503).end()));
      try {
        await p.restart("publish", { AWS_ENDPOINT_URL_S3: `http://127.0.0.1:${s3.port}` });
        await p.tick();
      } finally {
        await s3.close();
      }
      const emitted = [...logs, p.functions.publish.log()].flatMap(emittedMetrics);
      const watched = Object.values(template.Resources)
        .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
        .flatMap(({ Properties }) => (Properties["Metrics"] ?? [Properties]) as { MetricStat?: { Metric: WatchedMetric } }[])
        .flatMap(({ MetricStat, ...metric }) => MetricStat?.Metric ?? (metric as Partial<WatchedMetric>))
        .filter((metric): metric is WatchedMetric => metric.Namespace === "Factpress")
        // The test of the canary above has it.
        .filter(({ MetricName }) => MetricName !== "HeadOutOfDate");
      expect(watched.map(({ MetricName }) => MetricName)).toEqual([
        "RefusedVerdicts",
        "RefusedVerdicts",
        "Incomplete",
        "WrongSignature",
        "Unannounced",
        "Unannounced",
        "MergeToRelease",
        "StoreUnavailable",
        "StoreDiffers",
        "AliasBytes",
      ]);
      for (const { Namespace, MetricName: Name, Dimensions } of watched) {
        // What stands for the function's name is a reference; here its name is f.
        const nameOf = (value: unknown): unknown =>
          /^(Publish|Validate|Receive)[0-9A-F]{8}$/.test((value as { Ref?: string }).Ref ?? "") ? "f" : value;
        const dimensions = Dimensions.map(({ Name, Value }) => [Name, nameOf(Value)]).sort();
        const Unit = { MergeToRelease: "Seconds", AliasBytes: "Bytes" }[Name] ?? "Count";
        expect(emitted).toContainEqual({ Namespace, Name, Unit, dimensions });
      }
    },
    180_000,
  );

  whole(
    "copies each catalogue to a bucket of another account, as the policies allow it",
    async () => {
      await makeBucket(motoClient(p.moto.endpoint), COPY_BUCKET);
      await p.restart("publish", { CATALOGUE_COPY_BUCKET: COPY_BUCKET });
      const copied = async () => (await store(COPY_BUCKET).get("small/releases.json"))?.bytes;
      await p.push();
      await p.pump("publish");
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      await p.git.commit("2", "2024-01-02T00:00:00Z");
      await p.push();
      await p.pump("publish");
      expect(parseCatalogue((await copied()) as Uint8Array).releases.map(({ version }) => version)).toEqual(["1.0.1", "1.0.0"]);
      expect(Buffer.from((await copied()) ?? "").equals(Buffer.from((await store().get("small/releases.json"))?.bytes ?? ""))).toBe(true);
      const policies = new StackPolicies(synthHere({ catalogueCopyBucket: COPY_BUCKET }));
      const made = p.calls().filter(({ about }) => isInCopy(about));
      expect(made.map(({ action, conditions }) => [action, Object.keys(conditions)])).toEqual(
        expect.arrayContaining([
          ["s3:PutObject", ["s3:if-none-match"]],
          ["s3:PutObject", ["s3:if-match"]],
        ]),
      );
      const put = policies.requestOf(made.find(({ action }) => action === "s3:PutObject") as AwsCall);
      const forbidden = [
        { ...put, resource: put.resource.replace("releases.json", "1.0.0/rivers.csv") },
        { ...put, role: "ValidateRole" },
        { ...put, action: "s3:DeleteObject" },
      ];
      const results = policies.evaluate([...made.map((call) => policies.requestOf(call)), ...forbidden]);
      expect(results.slice(0, made.length)).toEqual(made.map(() => "Allowed"));
      expect(results.slice(made.length).includes("Allowed")).toBe(false);
    },
    180_000,
  );

  whole(
    "heals when GitHub was down, when a webhook was lost, and when a pull request has no verdict",
    async () => {
      p.github.interfere = () => ({ status: 503 });
      await p.push();
      expect((await p.pump("publish")).failed).toBe(1);
      p.github.interfere = undefined;
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(await versions()).toEqual(["1.0.0"]);
      await write(at, { "rivers.json": rivers("Rhein", "Elbe") });
      await p.git.commit("2", "2024-01-02T00:00:00Z");
      const unannounced = () =>
        emittedMetrics(p.functions.publish.log()).filter((metric) => "Name" in metric && metric.Name === "Unannounced");
      expect(unannounced()).toEqual([]);
      // Two ticks before the message is handled.
      for (let ticks = 0; ticks < 2; ticks += 1) await p.tick();
      expect(await versions()).toEqual(["1.0.0"]);
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(await versions()).toEqual(["1.0.1", "1.0.0"]);
      // No webhook announced that push: the alarms of webhooks count it.
      expect(unannounced()).toHaveLength(1);
      // A release that is late because its first runs failed is no lag: those have their own alarms.
      expect(p.functions.publish.log()).not.toContain("MergeToRelease");
      const sha = await pull(11, { "rivers.json": rivers("Rhyn", "Elbe") });
      await p.tick();
      expect((await p.pump("validate")).handled).toBe(1);
      expect(verdict(sha)).toMatchObject({ conclusion: "success" });
      await p.tick();
      expect((await p.pump("validate")).handled).toBe(0);
      // So does a merge group: GitHub does not send its event again.
      const group = await pull(12, { "rivers.json": rivers("Rhein", "Elbe", "Oder") });
      p.github.pulls = p.github.pulls.filter(({ number }) => number !== 12);
      await p.git.git("update-ref", "refs/heads/gh-readonly-queue/main/pr-12-a", group);
      await p.tick();
      expect((await p.pump("validate")).handled).toBe(1);
      expect(verdict(group)).toMatchObject({ conclusion: "success" });
      await p.git.git("update-ref", "-d", "refs/heads/gh-readonly-queue/main/pr-12-a");
      // A commit without a verdict is queued less and less often, and is not given up.
      p.github.checkRuns.length = 0;
      const key = ".factpress/settled.json";
      const isQueuedAfter = async (minutes: number): Promise<boolean> => {
        const stored = await store().get(key);
        const settled = JSON.parse(Buffer.from(stored?.bytes ?? "").toString()) as { queued: Record<string, [number, number]> };
        const queued = settled.queued[sha] as [number, number];
        const aged = { ...settled, queued: { [sha]: [queued[0], queued[1] - minutes * 60_000] } };
        await store().putIfMatch(key, Buffer.from(JSON.stringify(aged)), stored?.etag ?? null);
        await p.tick();
        return (await p.receiveOne("validate")) !== undefined;
      };
      const found: [number, boolean][] = [];
      for (const minutes of [0, 15, 15, 45, 300, 60, 1_380, 60, 1_440]) found.push([minutes, await isQueuedAfter(minutes)]);
      const expected = [false, true, false, true, false, true, false, true, true];
      expect(found.map(([, isQueued]) => isQueued)).toEqual(expected);
      // A verdict is there in the end, and what was stored by an earlier version is read.
      const stored = await store().get(key);
      const old = { ...(JSON.parse(Buffer.from(stored?.bytes ?? "").toString()) as object), queued: { [sha]: 3 } };
      await store().putIfMatch(key, Buffer.from(JSON.stringify(old)), stored?.etag ?? null);
      await p.tick();
      expect((await p.pump("validate")).handled).toBe(1);
      expect(verdict(sha)).toMatchObject({ conclusion: "success" });
    },
    180_000,
  );

  whole(
    "ends a check that takes too long, while a merge is published",
    async () => {
      // Not even a thread starts in so short a time.
      await p.restart("validate", { CHECK_DEADLINE_SECONDS: "0.02" });
      const sha = await pull(12, { "rivers.json": rivers("Rhein", "Elbe") });
      await pullEvent(12, sha);
      const main = await p.push();
      const [validated, published] = await Promise.all([p.pump("validate"), p.pump("publish")]);
      expect([validated, published]).toEqual([
        { handled: 1, failed: 0 },
        { handled: 1, failed: 0 },
      ]);
      expect(verdict(main)).toMatchObject({ output: { title: "published 1.0.0" } });
      expect(verdict(sha)).toMatchObject({
        conclusion: "failure",
        output: { summary: expect.stringContaining("maximum 0.02 s") },
      });
    },
    180_000,
  );

  whole(
    "checks each of 52 datasets that a change touches, and leaves alone one that it does not touch",
    async () => {
      await write(at, { "../broken/dataset.json": "[" });
      await p.git.commit("broken", "2024-01-02T00:00:00Z");
      const files = Array.from({ length: 52 }, (_, i) => [`../d${String(i).padStart(2, "0")}/dataset.json`, "["]);
      const sha = await pull(15, Object.fromEntries(files));
      await pullEvent(15, sha);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      const named = new Set(
        verdict(sha)?.annotations.map(({ path, message }) => `${path.split("/")[1]} ${message.startsWith("Not checked")}`),
      );
      expect([...named]).toEqual(files.map(([path]) => `${path?.slice(3, 6)} false`));
    },
    180_000,
  );

  whole(
    "comes to one verdict of a commit, whether its branch, its pull request or a merge queue is first",
    async () => {
      await write(at, { "../broken/dataset.json": "[" });
      await p.git.commit("broken", "2024-01-02T00:00:00Z");
      const sha = await pull(30, { "rivers.json": rivers("Rhein", "Elbe") });
      const runs = () => p.github.checkRuns.filter((run) => run.head_sha === sha);
      const group = { action: "checks_requested", repository: { full_name: REPOSITORY } };
      const queue = () => p.webhook("merge_group", { ...group, merge_group: { head_sha: sha, base_ref: "refs/heads/main" } });
      await p.push("change-30");
      await p.pump("validate");
      expect(runs()).toMatchObject([{ conclusion: "success", output: { title: "small: patch, 1 river corrected" } }]);
      await pullEvent(30, sha);
      await queue();
      expect(await p.pump("validate")).toEqual({ handled: 2, failed: 0 });
      expect(runs()).toHaveLength(1);
      expect(p.github.comments).toHaveLength(1);
      // A push whose pull request is open is left to the event of the pull request.
      p.github.checkRuns.length = 0;
      p.github.pulls = [{ number: 30, sha, base: "main", head: "change-30" }];
      await p.push("change-30");
      await p.pump("validate");
      expect(runs()).toEqual([]);
      await queue();
      await p.pump("validate");
      expect(runs()).toHaveLength(1);
    },
    180_000,
  );

  whole(
    "checks a commit of a merge queue once, although GitHub tells of it twice, and instances run side by side",
    async () => {
      const sha = await pull(50, { "rivers.json": rivers("Rhein", "Elbe") });
      const ref = "refs/heads/gh-readonly-queue/main/pr-50-a";
      const about = { repository: { full_name: REPOSITORY } };
      await p.webhook("push", { ...about, ref, before: "0".repeat(40), after: sha, deleted: false });
      const group = { head_sha: sha, head_ref: ref, base_ref: "refs/heads/main" };
      await p.webhook("merge_group", { ...about, action: "checks_requested", merge_group: group });
      expect(await p.pumpSideBySide("validate", 2)).toEqual({ handled: 1, failed: 0 });
      expect(p.github.checkRuns).toMatchObject([{ head_sha: sha, conclusion: "success" }]);
    },
    180_000,
  );

  whole(
    "compares a pull request with where it left the branch: what the branch gained since is no change of it",
    async () => {
      const sha = await pull(51, { "rivers.json": rivers("Rhein", "Elbe") });
      await write(at, { "levels.json": [...(smallDataset()["levels.json"] as object[]), { river: "elbe", gauge: 2, metres: 4 }] });
      await p.git.commit("main moves", "2024-03-01T00:00:00Z");
      await pullEvent(51, sha);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(sha)).toMatchObject({ conclusion: "success", output: { title: "small: patch, 1 river corrected" } });
      expect(p.github.comments[0]?.body).not.toContain("level");
    },
    180_000,
  );

  whole(
    "ends every message with a verdict: a truncated listing, a refused report, an invocation that was ended again and again",
    async () => {
      const sha = await pull(31, { "rivers.json": rivers("Rhein", "Elbe") });
      const truncated = { status: 200, body: { sha: "0".repeat(40), tree: [], truncated: true } };
      p.github.interfere = (_method, path) => (path.includes("/git/trees/") ? truncated : undefined);
      await pullEvent(31, sha);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      const incomplete = { conclusion: "failure", output: { title: "The check did not complete" } };
      expect(verdict(sha)).toMatchObject({ ...incomplete, output: { summary: expect.stringContaining("more files than GitHub lists") } });
      const refused = await pull(32, { "rivers.json": rivers("Rhyn", "Elbe") });
      p.github.interfere = (_method, path) => (path.includes("/compare/") ? { status: 422 } : undefined);
      await pullEvent(32, refused);
      expect(await p.pump("validate")).toEqual({ handled: 1, failed: 0 });
      expect(verdict(refused)).toMatchObject({ ...incomplete, output: { summary: expect.stringContaining("GitHub answered 422") } });
      p.github.interfere = undefined;
      const ended = await pull(33, { "rivers.json": rivers("Reno", "Elbe") });
      expect(await p.validateAgain(ended, 4)).toEqual([]);
      expect(verdict(ended)).toMatchObject({
        ...incomplete,
        output: { summary: expect.stringContaining("3 attempts to check it did not succeed") },
      });
    },
    180_000,
  );

  whole.each(["publish", "validate"] as const)(
    "%s deletes only what an aborted invocation of its own left behind",
    async (name) => {
      const temporary = await scratch();
      await p.restart(name, { TMPDIR: temporary });
      await write(temporary, { "f/.building-a/levels.csv": "half", "f/small/now/levels.json": "half", "validate-tool/file": "of others" });
      if (name === "publish") await p.tick();
      else await p.validateAgain("0".repeat(40), 1);
      expect([...(await tree(temporary)).keys()]).toEqual(["validate-tool/file"]);
    },
    180_000,
  );

  whole(
    "names a link in a pull request as a problem",
    async () => {
      const { symlink } = await import("node:fs/promises");
      await p.git.git("checkout", "-q", "-b", "link");
      await symlink("/etc/passwd", join(at, "levels2.json"));
      const sha = await p.git.commit("link", "2024-02-01T00:00:00Z");
      p.github.pulls.push({ number: 13, sha, base: "main" });
      await p.git.git("checkout", "-q", "main");
      await pullEvent(13, sha);
      await p.pump("validate");
      expect(verdict(sha)).toMatchObject({ conclusion: "failure", output: { summary: expect.stringContaining("not a regular file") } });
    },
    180_000,
  );

  whole(
    "gets every byte from GitHub: odd bytes are passed over, and the next commit is published",
    async () => {
      await p.push();
      await p.pump("publish");
      await write(at, { "rivers.json": "\ufeff[]", "levels.json": Buffer.from([0x5b, 0xff, 0xfe, 0x80, 0x5d]) });
      const odd = await p.git.commit("odd bytes", "2024-01-02T00:00:00Z");
      await write(at, { ...smallDataset("1.0.0"), "rivers.json": rivers("Rhein", "Elbe") });
      await p.git.commit("corrected", "2024-01-03T00:00:00Z");
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(await versions()).toEqual(["1.0.1", "1.0.0"]);
      expect(verdict(odd)).toMatchObject({ conclusion: "failure" });
      expect(
        verdict(odd)
          ?.annotations.map(({ message }) => message)
          .join(" "),
      ).toMatch(/byte order mark[\s\S]*|UTF-8/);
    },
    180_000,
  );

  whole(
    "takes secrets that are set after it was started",
    async () => {
      await p.setSecrets({ app: "{}", webhook: "another secret" });
      await p.restart("publish");
      // Until the App is set up nothing can be done, and nothing fails.
      await p.tick();
      await p.restart("receive");
      expect((await p.webhook("ping", {})).statusCode).toBe(401);
      await p.setSecrets({});
      // The App is made, and not installed yet.
      p.github.interfere = (_method, path) => (path.endsWith("/installation") ? { status: 404 } : undefined);
      await p.tick();
      expect(p.functions.publish.log()).toContain("The GitHub App is not installed on owner/name");
      p.github.interfere = undefined;
      await p.tick();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      expect(await versions()).toEqual(["1.0.0"]);
      // Once it was set up, an App that was removed or a secret that cannot be read is an error.
      p.github.interfere = (_method, path) => (path.endsWith("/installation") ? { status: 404 } : undefined);
      await p.restart("publish");
      await expect(p.tick()).rejects.toThrow("is not installed");
      p.github.interfere = undefined;
      await p.setSecrets({ app: "{}" });
      await p.restart("publish");
      await expect(p.tick()).rejects.toThrow("is not JSON with");
      await p.setSecrets({});
      // A minute at most goes by before a secret is read again.
      await p.restart("receive");
      expect((await p.webhook("ping", {})).statusCode).toBe(202);
    },
    180_000,
  );

  whole(
    "passes over a message about a commit that a pull request has left behind, and leaves alone what publish said",
    async () => {
      const main = await p.push();
      await p.pump("publish");
      const first = await pull(20, { "levels.json": "[" });
      const second = await pull(20, { ...smallDataset("1.0.0"), "rivers.json": rivers("Rhein", "Elbe") });
      await pullEvent(20, second, "synchronize");
      await pullEvent(20, first, "synchronize");
      expect(await p.pump("validate")).toEqual({ handled: 2, failed: 0 });
      expect([verdict(first), verdict(second)?.conclusion]).toEqual([undefined, "success"]);
      expect(p.github.comments.map(({ body }) => body)).toEqual([expect.stringContaining(`For ${second}`)]);
      await p.git.git("branch", "release", main);
      await p.push("release");
      await p.pump("validate");
      expect(verdict(main)).toMatchObject({ name: "Factpress publish", output: { title: "published 1.0.0" } });
    },
    180_000,
  );

  whole(
    "writes no untrusted text as markup, mention or link",
    async () => {
      const title = "@octocat ![x](https://evil.example/p.png) <img src=x> www.evil.example #1";
      const metadata = { ...(smallDataset("1.0.0")["dataset.json"] as object), title };
      const labels = [title, "@maintainer"].map((label, i) => ({ id: ["rhine", "elbe"][i], label }));
      const sha = await pull(21, { "dataset.json": metadata, "rivers.json": labels });
      await pullEvent(21, sha);
      await p.pump("validate");
      const said = `${p.github.comments.at(-1)?.body}${verdict(sha)?.output.summary}`;
      expect(said).toContain("octocat");
      for (const live of [/@\\?\w/, /(?<!\\)!\\?\[/, /(?<!\\)<img/, /www\\?\.evil/, /:\\?\/\\?\//, /#\d/])
        expect(said.replaceAll(/`[^`]*`/g, "")).not.toMatch(live);
    },
    180_000,
  );

  whole(
    "hands back only what failed of a batch: a poison message among good ones",
    async () => {
      const sha = await pull(14, { "rivers.json": rivers("Rhein", "Elbe") });
      const record = (messageId: string, body: string) => ({
        messageId,
        body,
        receiptHandle: "",
        attributes: {},
        messageAttributes: {},
        eventSource: "aws:sqs",
        eventSourceARN: "",
        awsRegion: "us-east-1",
        md5OfBody: "",
      });
      const good = JSON.stringify({ sha, pull: 14, delivery: "d" });
      const validated = await p.functions.validate.invoke<SQSBatchResponse>({
        Records: [
          record("1", good),
          record("2", "no JSON"),
          record("3", JSON.stringify({ sha: "0".repeat(40), delivery: "d" })),
          record("4", good),
        ],
      });
      // The third is about a commit that was deleted, or was pushed just now: it is tried once more, without a report.
      expect(validated.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(["2", "3"]);
      expect(await p.validateAgain("0".repeat(40), 2)).toEqual([]);
      expect(verdict(sha)).toMatchObject({ conclusion: "success" });
    },
    180_000,
  );

  whole(
    "takes another publisher's update of the aliases for what it is, and begins again",
    async () => {
      let times = 0;
      p.kvs.beforeUpdate = () => {
        times += 1;
        // Someone else's update comes in between, once.
        if (times === 1) p.kvs.touch();
      };
      await p.push();
      expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
      // The refused one; the aliases; after the Iceberg tables that these lead to, the mark.
      expect(times).toBe(3);
      expect(p.kvs.entries.get("small/latest")).toBe("1.0.0");
    },
    180_000,
  );
});

const tests = ({ tasks }: Suite): Test[] => tasks.flatMap((task) => (task.type === "suite" ? tests(task) : [task]));

describe("grants", () => {
  const PLATFORM: Record<string, string[]> = {
    receive: ["logs:CreateLogStream", "logs:PutLogEvents"],
    validate: ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    publish: ["logs:CreateLogStream", "logs:PutLogEvents", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    canary: ["logs:CreateLogStream", "logs:PutLogEvents"],
  };

  beforeEach(({ task, skip }) => {
    // The calls of all tests of the pipeline are evaluated together: without one of them, the result means nothing.
    const others = tests(task.file).filter(({ suite }) => suite !== task.suite);
    const passed = others.filter(({ result }) => result?.state === "pass").length;
    const isPart = others.some(({ mode }) => mode !== "run");
    if (isPart) skip(`only ${passed} of ${others.length} tests of the pipeline were selected: their calls are evaluated together`);
    expect(passed, "tests of the pipeline that passed: their calls are evaluated only if all did").toBe(others.length);
  });

  it.each(["receive", "validate", "publish", "canary"])(
    "of %s are the calls that it makes, and those that Lambda makes for it: none is missing, none is unused",
    (name) => {
      const role = `${name[0]?.toUpperCase()}${name.slice(1)}Role`;
      const granted = Object.entries(template.Resources)
        .filter(([id, { Type }]) => Type === "AWS::IAM::Policy" && id.startsWith(role))
        .flatMap(
          ([, { Properties }]) =>
            (Properties["PolicyDocument"] as { Statement: { Action: string | string[]; Effect: string }[] }).Statement,
        )
        .flatMap(({ Action }) => Action);
      expect([...new Set(granted)].sort()).toEqual([...new Set([...(called.get(name) ?? []), ...(PLATFORM[name] as string[])])].sort());
    },
  );

  it("allow every call that was made, with its resource and conditions, in identity, bucket and key policy", () => {
    const policies = new StackPolicies(template);
    const requests = [...calls.values()].filter(({ who }) => PLATFORM[who]).map((call) => policies.requestOf(call));
    expect(requests.length).toBeGreaterThan(100);
    const results = policies.evaluate(requests);
    const refused = requests.flatMap(({ role, action, resource }, i) =>
      results[i] === "Allowed" ? [] : [[role, action, resource, results[i]]],
    );
    expect(refused).toEqual([]);
  });

  it("no secret is in a log line, and every line about a commit names it and its delivery", () => {
    const text = logs.join("\n");
    expect(text.length).toBeGreaterThan(1000);
    for (const secret of [WEBHOOK_SECRET, "PRIVATE KEY", "ghs_"]) expect(text).not.toContain(secret);
    for (const line of text.split("\n").filter(Boolean)) {
      const entry = JSON.parse(line) as Record<string, unknown>;
      if (entry["message"] === "verdict" || entry["message"] === "released") expect(entry).toMatchObject({ commit: expect.any(String) });
    }
  });
});
