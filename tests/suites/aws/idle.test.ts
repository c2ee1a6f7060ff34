import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { s3Store } from "../../../lib/adapters/aws/s3-store.ts";
import { parseCatalogue } from "../../../lib/release/parse-catalogue.ts";
import { costAtRest } from "../../costs.ts";
import { type Files, importHistory } from "../../git-repositories.ts";
import { smallDataset, write } from "../../scratch.ts";
import { GitHubLimits } from "../../servers/github-limits.ts";
import { type Assembly, sharedBundles } from "../../servers/lambda.ts";
import { motoClient } from "../../servers/servers.ts";
import { NODE_24 } from "../optional.ts";
import { type Pipeline, startPipeline } from "./pipeline.ts";

let stack: Assembly;
beforeAll(async () => {
  stack = await sharedBundles("plain");
});

let p: Pipeline;
afterEach(async () => {
  await p.stop();
  expect(p.github.violations).toEqual([]);
});

/** A share of the counts that the issue of the pipeline names; 1 for all of them. */
const SHARE = Number(process.env["FACTPRESS_HISTORY_SHARE"] ?? 0.1);
const count = (whole: number): number => Math.ceil(whole * SHARE);

const HOUR = 3_600_000;

const inData = (files: Files): Files => Object.fromEntries(Object.entries(files).map(([name, value]) => [`data/small/${name}`, value]));
const rivers = (label: string): Files =>
  inData({
    "rivers.json": [
      { id: "rhine", label },
      { id: "elbe", label: "Elbe" },
    ],
  });
const elsewhere = (n: number): Files[] => Array.from({ length: n }, (_, i) => ({ "README.md": `text ${i}` }));
const drafts = (n: number): Files[] => {
  const { release: _, ...metadata } = smallDataset("1.0.0")["dataset.json"] as { release?: object };
  return Array.from({ length: n }, (_, i) => ({
    ...inData(smallDataset("1.0.0")),
    ...rivers(`Draft ${i}`),
    ...inData({ "dataset.json": metadata }),
  }));
};
/** Commits that change files and no record. */
const passedOver = (n: number): Files[] =>
  Array.from({ length: n }, (_, i) =>
    inData({ "rivers.json": `${JSON.stringify(smallDataset("1.0.0")["rivers.json"])}${" ".repeat(i + 1)}` }),
  );
const release = (): Files => inData(smallDataset("1.0.0"));

async function withHistory(commits: readonly Files[]): Promise<void> {
  p = await startPipeline(stack, NODE_24);
  importHistory(p.git.folder, commits);
  p.github.preload();
  p.github.limits = new GitHubLimits();
}

const store = () =>
  s3Store({ bucket: p.bucket, headersOf: () => ({ contentType: "", cacheControl: "" }), client: motoClient(p.moto.endpoint) });
const versions = async (dataset = "small"): Promise<string[]> => {
  const stored = await store().get(`${dataset}/releases.json`);
  return stored ? parseCatalogue(stored.bytes).releases.map(({ version }) => version) : [];
};

/** Changes what the last complete run remembered; returns what it was. */
async function changeSettled(more: object): Promise<object> {
  const key = ".factpress/settled.json";
  const stored = await store().get(key);
  const settled = JSON.parse(Buffer.from(stored?.bytes ?? "").toString()) as object;
  await store().putIfMatch(key, Buffer.from(JSON.stringify({ ...settled, ...more })), stored?.etag ?? null);
  return settled;
}

/** Ticks and handles messages until nothing is left to do; whenever the limit of an hour is used up, an hour goes by. */
async function settle(maxTicks: number): Promise<number> {
  for (let ticks = 1; ticks <= maxTicks; ticks += 1) {
    const before = p.github.requests.length;
    await p.tick();
    const { handled } = await p.pump("publish");
    p.github.limits?.skip(HOUR);
    if (handled === 0 && p.github.requests.length - before <= 3) return ticks;
  }
  throw new Error(`Not at rest after ${maxTicks} ticks`);
}

/** How many calls of each service of AWS were made so far. */
function callsByService(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { action } of p.calls()) {
    const service = action.slice(0, action.indexOf(":"));
    counts.set(service, (counts.get(service) ?? 0) + 1);
  }
  return counts;
}

async function costOfTick(more: { force?: boolean } = {}): Promise<{ github: number; s3: number; keyValueStore: number }> {
  // A cold start: the token is requested again.
  await p.restart("publish");
  const [requests, before] = [p.github.requests.length, callsByService()];
  await p.tick(more);
  const after = callsByService();
  const made = (service: string): number => (after.get(service) ?? 0) - (before.get(service) ?? 0);
  return { github: p.github.requests.length - requests, s3: made("s3"), keyValueStore: made("cloudfront-keyvaluestore") };
}

describe("an idle tick", () => {
  it.each<[string, () => Files[], number]>([
    [`${count(10_000)} commits elsewhere`, () => [release(), ...elsewhere(count(10_000))], 1],
    [`${count(1_000)} drafts`, () => drafts(count(1_000)), 0],
    [`${count(300)} commits that change no record`, () => [release(), ...passedOver(count(300))], 1],
  ])(
    "costs at most 3 requests to GitHub and one to S3 after %s",
    async (_name, history, released) => {
      await withHistory(history());
      await settle(20);
      expect(await versions()).toHaveLength(released);
      const cost = await costOfTick();
      expect(cost.github).toBeLessThanOrEqual(3);
      expect(cost.s3).toBe(1);
      expect(cost.keyValueStore).toBe(0);
      expect(p.github.limits?.refused).toEqual([]);
    },
    900_000,
  );

  it("costs the same while a commit is dated in the future, which is looked at again when its time has come", async () => {
    await withHistory([release()]);
    await settle(5);
    await write(p.git.folder, { ...release(), ...rivers("Rhine 2") });
    await p.git.commit("2", "2099-01-02T00:00:00Z");
    await p.push();
    await p.pump("publish");
    expect(await versions()).toEqual(["1.0.0"]);
    const cost = await costOfTick();
    expect(cost.github).toBeLessThanOrEqual(3);
    expect([cost.s3, cost.keyValueStore]).toEqual([1, 0]);
    expect(await p.pump("publish")).toEqual({ handled: 0, failed: 0 });
    expect(await changeSettled({ refusedUntil: "2026-01-01T00:00:00.000Z" })).toMatchObject({ refusedUntil: "2099-01-01T00:00:00.000Z" });
    await p.tick();
    expect(await p.pump("publish")).toEqual({ handled: 1, failed: 0 });
  });

  it(`costs the same for ${count(50)} datasets as for one`, async () => {
    const named = (name: string): Files =>
      Object.fromEntries(
        Object.entries(smallDataset("1.0.0")).map(([file, value]) => [
          `data/${name}/${file}`,
          file === "dataset.json" ? { ...(value as object), name } : value,
        ]),
      );
    await withHistory([Object.assign({}, ...Array.from({ length: count(50) }, (_, i) => named(`small-${i}`)))]);
    await settle(20);
    expect(await versions("small-0")).toEqual(["1.0.0"]);
    const cost = await costOfTick();
    expect(cost.github).toBeLessThanOrEqual(3);
    expect([cost.s3, cost.keyValueStore]).toEqual([1, 0]);
    // Once a day, the head is signed again. In US dollars a month, of what a deployment at rest costs (docs/deploy.md).
    const S3_GET = 0.0000004;
    await changeSettled({ renewHead: "2024-01-01T00:00:00Z" });
    const daily = await costOfTick();
    expect(daily.keyValueStore).toBe(0);
    expect((daily.s3 / count(50)) * 50 * 30 * S3_GET).toBeLessThan(0.01 * costAtRest());
    expect(daily.s3).toBeLessThanOrEqual(2 * count(50) + 10);
  }, 900_000);

  it("costs at most one more request for 100 open pull requests, and publishes again on request", async () => {
    await withHistory([release()]);
    await settle(5);
    const sha = await p.git.git("rev-parse", "main");
    const checked = { id: 1, name: "Factpress", head_sha: sha, status: "completed", conclusion: "success", annotations: [] };
    p.github.checkRuns.push({ ...checked, output: { title: "", summary: "" } });
    p.github.pulls = Array.from({ length: 100 }, (_, i) => ({ number: i + 1, sha, base: "main" }));
    expect((await costOfTick()).github).toBeLessThanOrEqual(4);
    expect((await costOfTick({ force: true })).keyValueStore).toBeGreaterThan(0);
  });
});

it(`a first deployment on ${count(5_000)} commits, ${count(2_000)} of them drafts, reaches the tip within GitHub's limits`, async () => {
  await withHistory([
    ...drafts(count(2_000)),
    release(),
    ...elsewhere(count(2_990)),
    ...Array.from({ length: 9 }, (_, i) => rivers(`Rhine ${i}`)),
  ]);
  await p.push();
  await settle(40);
  expect(await versions()).toHaveLength(10);
  expect(p.github.limits?.refused).toEqual([]);
  const tip = await p.git.git("rev-parse", "main");
  expect(p.github.checkRuns.at(-1)).toMatchObject({ head_sha: tip, output: { title: "published 1.0.9" } });
  expect(p.github.checkRuns.length).toBeLessThan(100);
}, 900_000);
