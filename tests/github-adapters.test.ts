import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { gitHubWebhook } from "../lib/adapters/github/github-webhook.ts";
import { openGitHub } from "../lib/adapters/github/open-github.ts";
import { type Forge, ForgeError, type ForgeEvent, type Verdict } from "../lib/ports/forge.ts";
import { type Delivery, forgeContract } from "./forge-contract.ts";
import { repository, smallDataset, type TestRepository, write } from "./scratch.ts";
import { type GitHubServer, startGitHub } from "./servers/github.ts";

// The suite "conformance" runs these tests again and holds every request against GitHub's own description of its API.

const LIMITS = { files: 100, fileBytes: 1_000_000, totalBytes: 10_000_000, depth: 4 };
const SHA = "a1".repeat(20);
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const servers: GitHubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close();
    expect(server.faults).toEqual([]);
  }
});

async function openServer(git: TestRepository, more: { maxRequests?: number } = {}): Promise<{ server: GitHubServer; forge: Forge }> {
  const server = await startGitHub(git.folder, "owner/name", publicKey);
  servers.push(server);
  const credentials = JSON.stringify({ appId: server.appId, privateKey });
  return { server, forge: await openGitHub({ repository: "owner/name", apiUrl: server.url, credentials, ...more }) };
}

function delivery(secret: string, type: string, payload: object, event: ForgeEvent): Delivery {
  const body = JSON.stringify({ repository: { full_name: "owner/name" }, ...payload });
  const signature = `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
  return { headers: { "x-github-delivery": randomUUID(), "x-github-event": type, "x-hub-signature-256": signature }, body, event };
}

forgeContract({
  name: "GitHub",
  async open(git) {
    const { server, forge } = await openServer(git);
    return {
      forge,
      setPull: async (number, base, sha) => {
        server.pulls = [...server.pulls.filter((pull) => pull.number !== number), { number, sha, base }];
      },
      reportCount: (sha) => server.checkRuns.filter((run) => run.head_sha === sha).length,
      comments: (pull) => server.comments.filter(({ issue }) => issue === pull).map(({ body }) => body),
    };
  },
  webhook: gitHubWebhook,
  deliveries: (secret) => [
    delivery(secret, "push", { ref: "refs/heads/a/b", after: SHA }, { kind: "push", branch: "a/b", sha: SHA }),
    delivery(
      secret,
      "pull_request",
      { action: "opened", pull_request: { number: 7, head: { sha: SHA }, base: { ref: "main" } } },
      { kind: "pull", branch: "main", sha: SHA, pull: 7 },
    ),
    delivery(
      secret,
      "check_run",
      { action: "rerequested", check_run: { name: "Factpress", head_sha: SHA, pull_requests: [{ number: 7 }] } },
      { kind: "rerun", sha: SHA, name: "Factpress", pull: 7 },
    ),
    delivery(secret, "ping", {}, { kind: "other", reason: "pong" }),
  ],
});

async function oneCommit(): Promise<{ git: TestRepository; sha: string }> {
  const git = await repository();
  await write(join(git.folder, "data/small"), smallDataset("1.0.0"));
  return { git, sha: await git.commit("1", "2024-01-01T00:00:00Z") };
}

describe("GitHub", () => {
  it("takes at most 50 annotations a request, and a new check run for a new verdict", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    const problems = Array.from({ length: 120 }, (_, i) => ({ file: "data/small/levels.json", line: i, column: 3, message: `Wrong ${i}` }));
    const verdict: Verdict = { conclusion: "failure", title: "120 problems", summary: "See below.", problems, problemCount: 120 };
    for (let i = 0; i < 2; i += 1) await forge.report(sha, "Factpress", verdict);
    expect(server.checkRuns.map(({ annotations }) => annotations.length)).toEqual([120]);
    expect(server.checkRuns[0]?.annotations.slice(0, 2)).toMatchObject([
      { path: "data/small/levels.json", start_line: 1, message: "Wrong 0" },
      { path: "data/small/levels.json", start_line: 1, start_column: 3, message: "Wrong 1" },
    ]);
    await forge.report(sha, "Factpress", verdict, true);
    expect(server.checkRuns).toHaveLength(2);
  });

  it("marks our comment, and leaves a stranger's alone that bears the mark", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    server.pulls = [{ number: 7, sha, base: "main" }];
    const strange = { id: 1, issue: 7, body: "<!-- factpress -->\nstrange", performed_via_github_app: null };
    server.comments.push(strange);
    await forge.comment(7, "two");
    expect(server.comments.map(({ body }) => body)).toEqual([strange.body, "<!-- factpress -->\ntwo"]);
  });

  it("refuses a commit that takes too many requests, and fetches the next one", async () => {
    const { git, sha } = await oneCommit();
    const { forge } = await openServer(git, { maxRequests: 4 });
    const read = async (): Promise<void> => {
      const folder = (await forge.folderId((await forge.commit(sha)).tree, "data/small")) as string;
      const source = forge.source(folder, LIMITS);
      for (const { path } of await source.list()) for await (const _ of source.read(path));
    };
    await expect(read()).rejects.toThrow("fetching them takes more than 4 requests");
    // What was fetched is cached.
    forge.startWork();
    await read();
  });

  it.each([
    [401, "credentials"],
    [403, "refused"],
    [422, "refused"],
    [404, "missing"],
  ])("an answer of %i is %s", async (status, reason) => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    server.interfere = (_method, path) => (path.includes("/git/commits/") ? { status } : undefined);
    const error = await forge.commit(sha).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ForgeError);
    expect(error).toMatchObject({ reason, status, publicMessage: `GitHub answered ${status}` });
  });

  it("fails when its secret is a placeholder, or the name is no repository", async () => {
    const settings = { apiUrl: "https://api.github.com", credentials: "to be replaced", repository: "owner/name" };
    await expect(openGitHub(settings)).rejects.toThrow('The secret of the GitHub App is not JSON with "appId" and "privateKey"');
    await expect(openGitHub({ ...settings, repository: "owner" })).rejects.toThrow('"owner" is not a repository: expected owner/name');
  });
});
