import { generateKeyPairSync } from "node:crypto";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { githubClient } from "../lib/adapters/github/github-client.ts";
import { GitHubReporter, type Verdict } from "../lib/adapters/github/reporter-github.ts";
import { GitHubRepository } from "../lib/adapters/github/source-github.ts";
import { repository, smallDataset, write } from "./scratch.ts";
import { type GitHubServer, startGitHub } from "./servers/github.ts";

// The suite "conformance" runs these tests again and holds every request against GitHub's own description of its API.

const LIMITS = { files: 100, fileBytes: 1_000_000, totalBytes: 10_000_000, depth: 4 };
const AT = { owner: "owner", name: "name" };

let git: Awaited<ReturnType<typeof repository>>;
let server: GitHubServer;
let code: GitHubRepository;
let reporter: GitHubReporter;
let commits: string[];

beforeEach(async () => {
  git = await repository();
  const data = join(git.folder, "data/small");
  await write(data, smallDataset("1.0.0"));
  commits = [await git.commit("1", "2024-01-01T00:00:00Z")];
  await write(data, { "rivers.json": [{ id: "rhine", label: "Rhein" }] });
  commits.push(await git.commit("2", "2024-01-02T00:00:00Z"));
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  server = await startGitHub(git.folder, "owner/name", publicKey);
  const appId = String(server.appId);
  const client = await githubClient({ appId, privateKey }, AT, server.url);
  code = new GitHubRepository(client, AT);
  reporter = new GitHubReporter(client, AT, appId);
});
afterEach(async () => {
  await server?.close();
  expect(server.faults).toEqual([]);
});

it("reads the history of a branch, and the files of a commit byte by byte", async () => {
  const [first, second] = commits as [string, string];
  const history = code.history("main", "data/small", LIMITS);
  const all = await history.after(null);
  expect(all).toMatchObject({ position: "on", base: null, tip: { id: second, date: "2024-01-02T00:00:00Z" } });
  expect(all.commits.map(({ id }) => id)).toEqual([first, second]);
  expect((await history.after(first)).commits.map(({ id }) => id)).toEqual([second]);
  expect((await history.after(second)).commits).toEqual([]);
  expect(await history.position(first)).toBe("on");
  expect(await history.position("0".repeat(40))).toBe("unknown");
  expect(await code.foldersAt((await code.commit(second)).tree, "data")).toEqual(["small"]);
  expect(await code.treeAt((await code.commit(second)).tree, "data/none")).toBeNull();
  const source = code.source((await code.treeAt((await code.commit(second)).tree, "data/small")) as string, LIMITS);
  expect((await source.list()).map(({ path }) => path).sort()).toEqual(["dataset.json", "levels.json", "rivers.json", "schema.json"]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.read("rivers.json")) chunks.push(chunk);
  expect(Buffer.concat(chunks).toString("utf8")).toBe(`${await git.git("show", `${second}:data/small/rivers.json`)}\n`);
  expect(await code.mergeBase(first, second)).toBe(first);
  expect(await code.mergeBase(first, "0".repeat(40))).toBeUndefined();
});

it("gives a verdict with 50 annotations a request, and says the same only once", async () => {
  const [, sha] = commits as [string, string];
  const problems = Array.from({ length: 120 }, (_, i) => ({ file: "data/small/levels.json", line: i, column: 3, message: `Wrong ${i}` }));
  const verdict: Verdict = { conclusion: "failure", title: "120 problems", summary: "See below.", problems, problemCount: 120 };
  expect(await reporter.hasVerdict(sha)).toBe(false);
  for (let i = 0; i < 2; i += 1) await reporter.verdict(sha, "Factpress", verdict);
  expect(await reporter.hasVerdict(sha)).toBe(true);
  expect(server.checkRuns.map(({ annotations }) => annotations.length)).toEqual([120]);
  expect(server.checkRuns[0]?.annotations.slice(0, 2)).toMatchObject([
    { path: "data/small/levels.json", start_line: 1, message: "Wrong 0" },
    { path: "data/small/levels.json", start_line: 1, start_column: 3, message: "Wrong 1" },
  ]);
  await reporter.verdict(sha, "Factpress", verdict, true);
  expect(server.checkRuns).toHaveLength(2);
});

it("comments once on a pull request, and knows which are open and current", async () => {
  const [first, second] = commits as [string, string];
  server.pulls = [{ number: 7, sha: second, base: "main" }];
  for (const text of ["one", "one", "two"]) await reporter.comment(7, text);
  expect(server.comments.map(({ issue, body }) => [issue, body])).toEqual([[7, "<!-- factpress -->\ntwo"]]);
  expect(await Promise.all([reporter.isCurrent(7, second), reporter.isCurrent(7, first), reporter.isCurrent(8, second)])).toEqual([
    true,
    false,
    false,
  ]);
  const open: object[] = [];
  for await (const pull of reporter.openPulls("main")) open.push(pull);
  expect(open).toEqual([{ number: 7, sha: second }]);
  for await (const pull of reporter.openPulls("side")) expect(pull).toBeUndefined();
});
