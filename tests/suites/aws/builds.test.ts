import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { BUILD_REQUEST_OBJECT_KEY } from "../../../lib/contract/build-request-object-key.ts";
import { parseCatalogue } from "../../../lib/release/parse-catalogue.ts";
import { importHistory } from "../../git-repositories.ts";
import { type Finished, smallDataset, write } from "../../scratch.ts";
import type { AwsCall } from "../../servers/lambda.ts";
import { motoClient } from "../../servers/servers.ts";
import { NODE_24 } from "../optional.ts";
import { type BuildStack, largeFile, startBuildStack } from "./build-stack.ts";
import { dataFolder, type Pipeline, startPipeline } from "./pipeline.ts";
import { StackPolicies } from "./stack-policies.ts";

let stack: BuildStack;
beforeAll(async () => {
  stack = await startBuildStack();
});
afterAll(() => stack.close());

/** What every build and function of the test asked AWS for. */
const calls = new Map<string, AwsCall>();
let p: Pipeline;
let at: string;

const rivers = (label: string): Record<string, unknown> => ({
  "rivers.json": [
    { id: "rhine", label },
    { id: "elbe", label: "Elbe" },
  ],
});

beforeEach(async () => {
  p = await startPipeline(stack, NODE_24);
  // The clone needs the token of the App.
  p.github.isPrivate = true;
  await p.restart("publish", { LARGE_BUILDS: "true" });
  at = dataFolder(p);
  const { "levels.json": levels, ...files } = smallDataset("1.0.0");
  await write(at, { ...files, "levels.json": largeFile(levels) });
  const other = smallDataset("1.0.0");
  await write(join(at, "../other"), { ...other, "dataset.json": { ...(other["dataset.json"] as object), name: "other" } });
});
afterEach(async () => {
  for (const call of p.calls()) {
    const key = call.about.replace(p.bucket, "bucket").replace(/[0-9a-f-]{36}/g, "uuid");
    calls.set(JSON.stringify([call.who, call.action, key, Object.keys(call.conditions)]), call);
  }
  await p.stop();
  expect(p.github.violations).toEqual([]);
});

const store = () =>
  s3Store({ bucket: p.bucket, headersOf: () => ({ contentType: "", cacheControl: "" }), client: motoClient(p.moto.endpoint) });
const versions = async (dataset: string): Promise<string[]> => {
  const stored = await store().get(`${dataset}/releases.json`);
  return stored ? parseCatalogue(stored.bytes).releases.map(({ version }) => version) : [];
};
const verdict = (sha: string) => p.github.checkRuns.filter((run) => run.head_sha === sha && run.name === "Factpress publish").at(-1);
const request = async (): Promise<unknown> => {
  const stored = await store().get(BUILD_REQUEST_OBJECT_KEY);
  return stored && (JSON.parse(Buffer.from(stored.bytes).toString()) as unknown);
};

const build = (name = "machine", variables: Record<string, string> = {}): Promise<Finished> => {
  const environmentVariablesOverride = Object.entries(variables).map(([name, value]) => ({ name, value }));
  return stack.codeBuild.build(p, "Build", { name, environmentVariablesOverride });
};

/** Has publish told that a build ended; the message that this leads to is handled. */
async function buildEnded(status: string, failed = 0): Promise<void> {
  await p.functions.publish.invoke({ buildEnded: status, at: new Date().toISOString() });
  expect((await p.pump("publish")).failed).toBe(failed);
}
const tick = async (): Promise<void> => {
  await p.tick();
  expect((await p.pump("publish")).failed).toBe(0);
};
const failBuild = async (status: string, why: string): Promise<void> => {
  await buildEnded(status, 1);
  expect(p.functions.publish.log()).toContain(why);
  // Until it is given up.
  for (let tries = 0; tries < 2; tries += 1) await p.pump("publish");
};
const publish = async (): Promise<void> => {
  await p.push();
  expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
};

describe("a dataset that is too large for a function", () => {
  it("is published by a build, and the function reports it; smaller ones do not wait", async () => {
    const first = await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    expect([await versions("small"), await versions("other")]).toEqual([[], ["1.0.0"]]);
    expect(verdict(first)).toMatchObject({ conclusion: "neutral", output: { title: "a build publishes this" } });
    expect(await request()).toMatchObject({ tips: [first], datasets: ["small"], tries: 1 });
    expect(await build()).toEqual({ code: 0, out: expect.stringContaining("small 1.0.0  first release") });
    await buildEnded("SUCCEEDED");
    expect(await versions("small")).toEqual(["1.0.0"]);
    expect(verdict(first)).toMatchObject({ conclusion: "success", output: { title: "published 1.0.0" } });
    // Nothing is left to do, and a tick finds that out as cheaply as ever.
    const before = p.github.requests.length;
    await p.tick();
    expect(p.github.requests.length - before).toBeLessThanOrEqual(3);
    expect(await request()).toMatchObject({ tries: 1 });
  });

  it("is reported as refused if the build refused it, and is not built again", async () => {
    await write(at, { "levels.json": largeFile([{ river: "po", gauge: 1, metres: 1 }]) });
    const bad = await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    expect(await build()).toMatchObject({ code: 0, out: expect.stringContaining("factpress publish ended with 1") });
    await buildEnded("SUCCEEDED");
    expect(verdict(bad)).toMatchObject({
      conclusion: "failure",
      output: { title: "not published" },
      annotations: [{ path: "data/small/levels.json" }],
    });
    await tick();
    expect(await request()).toMatchObject({ tries: 1 });
    expect(await versions("small")).toEqual([]);
  });

  it("is built one at a time: merges during a build wait for it, and those after its clone for the next one", async () => {
    const first = await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    await write(at, rivers("Rhein"));
    const second = await p.git.commit("2", "2024-01-02T00:00:00Z");
    await publish();
    await tick();
    expect([await request(), verdict(second)]).toEqual([expect.objectContaining({ tips: [first], tries: 1 }), undefined]);
    expect(await build()).toMatchObject({ code: 0 });
    await write(at, rivers("Rijn"));
    const third = await p.git.commit("3", "2024-01-03T00:00:00Z");
    await buildEnded("SUCCEEDED");
    expect(await versions("small")).toEqual(["1.0.1", "1.0.0"]);
    expect(await request()).toMatchObject({ tips: [first, third], tries: 1 });
    expect([verdict(first)?.conclusion, verdict(third)?.conclusion]).toEqual(["neutral", "neutral"]);
    expect(await build()).toMatchObject({ code: 0 });
    await buildEnded("SUCCEEDED");
    expect(await versions("small")).toEqual(["1.0.2", "1.0.1", "1.0.0"]);
    expect([verdict(first)?.output.title, verdict(third)?.output.title]).toEqual(["published 1.0.0", "published 1.0.2"]);
  });

  it("fails after three failed builds, or one that timed out; force and the next merge try again", async () => {
    const first = await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    await buildEnded("FAILED");
    await buildEnded("FAULT");
    expect(await request()).toMatchObject({ tips: [first], tries: 3 });
    await failBuild("FAILED", "a build failed 3 times (FAILED)");
    expect(verdict(first)).toMatchObject({
      conclusion: "failure",
      output: { title: "not published", summary: expect.stringContaining("a build failed 3 times") },
    });
    // An error at each tick, which is what raises the alarm; no build, and nothing is read again.
    const before = p.github.requests.length;
    const s3 = (): number => p.calls().filter(({ action }) => action.startsWith("s3:")).length;
    const beforeS3 = s3();
    await expect(p.tick()).rejects.toThrow("a build failed 3 times");
    expect([p.github.requests.length - before, s3() - beforeS3]).toEqual([1, 1]);
    expect(await p.pump("publish")).toEqual({ handled: 0, failed: 0 });
    expect(await request()).toMatchObject({ tries: 3 });
    await p.tick({ force: true });
    expect(await request()).toMatchObject({ tips: [first], tries: 1 });
    // While it runs, ticks do not fail for the builds before it.
    await p.tick();
    await p.pump("publish");
    await failBuild("TIMED_OUT", "a build failed 1 time (TIMED_OUT)");
    await write(at, rivers("Rhein"));
    const second = await p.git.commit("2", "2024-01-02T00:00:00Z");
    await publish();
    expect(await request()).toMatchObject({ tips: [first, second], tries: 1 });
  });

  it("is published once by two concurrent builds and the function", async () => {
    await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    const [one, other] = await Promise.all([build("one"), build("other"), p.tick({ force: true })]);
    expect([one.code, other.code]).toEqual([0, 0]);
    await buildEnded("SUCCEEDED");
    expect([await versions("small"), await versions("other")]).toEqual([["1.0.0"], ["1.0.0"]]);
  });

  it("is reported by a later run if GitHub refused the reports at the end of the build, without another build", async () => {
    await write(at, { "levels.json": largeFile([{ river: "po", gauge: 1, metres: 1 }]) });
    const bad = await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    expect(await build()).toMatchObject({ code: 0 });
    await write(p.git.folder, { "README.md": "words" });
    const words = await p.git.commit("2", "2024-01-02T00:00:00Z");
    p.github.interfere = (method, path) => (method === "POST" && path.endsWith("/check-runs") ? { status: 403 } : undefined);
    // What is refused has an alarm of its own, and a tick tries it again.
    await buildEnded("SUCCEEDED");
    p.github.interfere = undefined;
    await p.tick();
    expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
    expect([verdict(bad)?.conclusion, verdict(words)?.conclusion]).toEqual(["failure", "failure"]);
    expect(await request()).toMatchObject({ tips: [bad], tries: 1 });
    // Once is enough.
    const reports = p.github.requests.filter(({ path }) => path.includes(bad)).length;
    await p.tick({ force: true });
    expect(p.github.requests.filter(({ path }) => path.includes(`${bad}/check-runs`)).length).toBeLessThanOrEqual(reports);
  });

  it("is refused, with the limit, if the deployment has no builds", async () => {
    await p.restart("publish");
    const first = await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    expect(verdict(first)).toMatchObject({
      conclusion: "failure",
      output: { summary: expect.stringContaining("levels.json is too large") },
    });
    expect(await request()).toBeUndefined();
  });

  it("is published by a build if its history is too long for a function, which continues from there", async () => {
    const commits = Array.from({ length: 20_001 }, (_, i) => ({ "README.md": `text ${i}` }));
    const first = Object.entries(smallDataset("1.0.0")).map(([name, value]) => [`data/small/${name}`, value]);
    importHistory(p.git.folder, [Object.fromEntries(first), ...commits]);
    p.github.preload();
    const tip = await p.git.git("rev-parse", "main");
    await publish();
    expect(await request()).toMatchObject({ tips: [tip], datasets: ["small"], tries: 1 });
    expect(verdict(tip)).toMatchObject({ conclusion: "neutral", output: { title: "a build publishes this" } });
    expect(await build()).toEqual({ code: 0, out: expect.stringContaining("small 1.0.0  first release") });
    await buildEnded("SUCCEEDED");
    expect(verdict(tip)).toMatchObject({ conclusion: "success" });
    const before = p.github.requests.length;
    await p.tick({ force: true });
    expect(p.github.requests.length - before).toBeLessThan(20);
    expect(await request()).toMatchObject({ tries: 1 });
  });

  it("is published even if the dataset before it exceeds its share of the time", async () => {
    const slow = smallDataset("1.0.0");
    const folder = join(at, "../a-slow");
    await write(folder, {
      "dataset.json": { ...(slow["dataset.json"] as object), name: "a-slow" },
      "schema.json": slow["schema.json"],
      "levels.json": largeFile(slow["levels.json"]),
      // Work without end for each commit.
      "checks/slow.sql":
        "-- table: rivers\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT 'rhine' AS id, count(*) AS message FROM n",
    });
    for (const label of ["Rhine", "Rhein", "Rijn"]) {
      await write(folder, rivers(label));
      await p.git.commit(label, "2024-01-01T00:00:00Z");
    }
    await publish();
    expect(await request()).toMatchObject({ datasets: ["a-slow", "small"] });
    const { code, out } = await build("machine", { FACTPRESS_DEADLINE: "60" });
    expect([code, out]).toEqual([
      3,
      expect.stringMatching(/data\/a-slow: factpress publish ended with 3[\s\S]*small 1\.0\.0 {2}first release/),
    ]);
    expect([await versions("a-slow"), await versions("small")]).toEqual([[], ["1.0.0"]]);
  });

  it("fails the build if GitHub rejects the App's secret, without printing it", async () => {
    await p.git.commit("1", "2024-01-01T00:00:00Z");
    await publish();
    p.github.interfere = (_method, path) => (path.endsWith("/access_tokens") ? { status: 401 } : undefined);
    expect(await build()).toEqual({ code: 3, out: expect.stringContaining('"status":401') });
    p.github.interfere = undefined;
  });
});

describe("the role of a build", () => {
  const PLATFORM = ["logs:CreateLogStream", "logs:PutLogEvents", "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetObjectVersion"];

  it("grants the calls that builds made, and those that CodeBuild makes for them: none is missing, none is unused", () => {
    const made = [...calls.values()].filter(({ who }) => who === "build");
    expect(made.length).toBeGreaterThan(30);
    const granted = Object.entries(stack.template.Resources)
      .filter(([id, { Type }]) => Type === "AWS::IAM::Policy" && id.startsWith("BuildRole"))
      .flatMap(([, { Properties }]) => (Properties["PolicyDocument"] as { Statement: { Action: string | string[] }[] }).Statement)
      .flatMap(({ Action }) => Action);
    expect([...new Set(granted)].sort()).toEqual([...new Set([...made.map(({ action }) => action), ...PLATFORM])].sort());
    const policies = new StackPolicies(stack.template);
    const requests = [...calls.values()].filter(({ who }) => ["build", "publish"].includes(who)).map((call) => policies.requestOf(call));
    const results = policies.evaluate(requests);
    expect(
      requests.flatMap(({ role, action, resource }, i) => (results[i] === "Allowed" ? [] : [[role, action, resource, results[i]]])),
    ).toEqual([]);
  });

  it("no secret is in the log of a build", () => {
    expect(stack.codeBuild.logs.length).toBeGreaterThan(5);
    for (const secret of ["PRIVATE KEY", "ghs_", "x-access-token", "eyJ", "authorization"])
      expect(stack.codeBuild.logs.join("\n")).not.toContain(secret);
  });

  it("the asset is small and contains only the program", async () => {
    expect((await readdir(stack.codeBuild.asset)).sort()).toEqual(["bin", "dist", "package.json"]);
    const sizes = await Promise.all(
      (await readdir(join(stack.codeBuild.asset, "dist"))).map(
        async (name) => (await stat(join(stack.codeBuild.asset, "dist", name))).size,
      ),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(20 * 1024 * 1024);
  });
});
