import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { createGzip, gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { blobId } from "../lib/adapters/github/blob-id.ts";
import { githubClient } from "../lib/adapters/github/github-client.ts";
import { gitHubWebhook } from "../lib/adapters/github/github-webhook.ts";
import { openGitHub } from "../lib/adapters/github/open-github.ts";
import type { Forge, ForgeEvent, ForgeSettings, Verdict } from "../lib/ports/forge.ts";
import { ForgeError } from "../lib/ports/forge-error.ts";
import { type Delivery, forgeContract } from "./forge-contract.ts";
import { importHistory } from "./git-repositories.ts";
import { copiesOf, repository, scratch, smallDataset, type TestRepository, write } from "./scratch.ts";
import { type GitHubServer, startGitHub } from "./servers/github.ts";

// The suite "conformance" runs these tests again and holds every request against GitHub's own description of its API.

const LIMITS = { files: 100, fileBytes: 1_000_000, totalBytes: 10_000_000, depth: 4 };
const SHA = "a1".repeat(20);
const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const VERDICT: Verdict = {
  conclusion: "failure",
  title: "1 problem",
  summary: "See below.",
  problems: [{ file: "data/small/levels.json", line: 2, column: 3, message: "Wrong" }],
  problemCount: 1,
};

const servers: GitHubServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.close();
    expect(server.violations).toEqual([]);
  }
});

async function openServer(
  git: TestRepository,
  more: Pick<ForgeSettings, "maxRequests" | "folder" | "log"> = {},
): Promise<{ server: GitHubServer; forge: Forge }> {
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
      setPull: async (number, base, sha, head) => {
        server.pulls = [...server.pulls.filter((pull) => pull.number !== number), { number, sha, base, ...(head ? { head } : {}) }];
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
      "merge_group",
      {
        action: "checks_requested",
        merge_group: { head_sha: SHA, base_ref: "refs/heads/main", head_ref: "refs/heads/gh-readonly-queue/a" },
      },
      { kind: "merge-group", branch: "main", sha: SHA },
    ),
    // The event above is about the same commit.
    delivery(
      secret,
      "push",
      { ref: "refs/heads/gh-readonly-queue/main/pr-5-a", after: SHA },
      { kind: "other", reason: "its merge queue asks for the check" },
    ),
    delivery(
      secret,
      "check_run",
      { action: "rerequested", check_run: { name: "Factpress", head_sha: SHA, pull_requests: [{ number: 7 }] } },
      { kind: "rerun", sha: SHA, name: "Factpress", pull: 7 },
    ),
    delivery(
      secret,
      "check_suite",
      { action: "rerequested", check_suite: { head_sha: SHA, head_branch: "side", pull_requests: [] } },
      { kind: "rerun", sha: SHA, branch: "side" },
    ),
    delivery(secret, "ping", {}, { kind: "other", reason: "pong" }),
  ],
});

const copyOfOneCommit = copiesOf(async ({ folder, commit }) => {
  await write(join(folder, "data/small"), smallDataset("1.0.0"));
  return commit("1", "2024-01-01T00:00:00Z");
});
async function oneCommit(): Promise<{ git: TestRepository; sha: string }> {
  const { made: sha, ...git } = await copyOfOneCommit();
  return { git, sha };
}

describe("GitHub", () => {
  it("sends at most 50 annotations per request, and creates a check run per verdict", async () => {
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

  it.each([
    ["Hebrew", "\u05d0"],
    ["Chinese", "\u4e2d"],
    ["emoji", "\u{1f600}"],
  ])("keeps every text within GitHub's limits in bytes: %s", async (_script, letter) => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    const problems = Array.from({ length: 150 }, (_, i) => ({
      file: "data/small/levels.json",
      line: i + 1,
      column: 1,
      field: letter.repeat(300),
      message: letter.repeat(20_000),
    }));
    await forge.report(sha, "Factpress", { conclusion: "failure", title: letter.repeat(300), summary: "", problems, problemCount: 150 });
    await forge.comment(7, letter.repeat(65_000));
    const [run] = server.checkRuns;
    const annotations = run?.annotations ?? [];
    const ofBytes = (maximum: number, texts: (string | undefined)[]): [string, number][] => texts.map((text = "") => [text, maximum]);
    const texts = [
      ...ofBytes(65_534, [run?.output.summary, server.comments[0]?.body]),
      ...ofBytes(
        65_535,
        annotations.map(({ message }) => message),
      ),
      ...ofBytes(255, [run?.output.title, ...annotations.map(({ title }) => title)]),
    ];
    // Half of a character arrives as U+FFFD.
    const wrong = texts.filter(([text, maximum]) => text === "" || Buffer.byteLength(text) > maximum || text.includes("\ufffd"));
    expect(wrong).toEqual([]);
    expect([annotations.length, run?.output.summary.includes("truncated")]).toEqual([150, true]);
  });

  it("writes the conclusion if GitHub rejects the whole report", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    let refused = 0;
    server.interfere = (method, path) =>
      method === "POST" && path.endsWith("/check-runs") && refused++ === 0 ? { status: 422 } : undefined;
    await forge.report(sha, "Factpress", VERDICT);
    expect(server.checkRuns).toMatchObject([{ conclusion: "failure", output: { title: "1 problem" }, annotations: [] }]);
    server.interfere = (method, path) => (method === "POST" && path.endsWith("/check-runs") ? { status: 422 } : undefined);
    await expect(forge.report(sha, "Factpress", { ...VERDICT, conclusion: "neutral" })).rejects.toMatchObject({
      status: 422,
      reason: "refused",
    });
  });

  it("times out a request without an answer, and retries", async () => {
    const { git, sha } = await oneCommit();
    const { server } = await openServer(git);
    const github = await githubClient({ appId: String(server.appId), privateKey }, { owner: "owner", repo: "name" }, server.url, {
      requestSeconds: 0.5,
    });
    let asked = 0;
    server.delayMs = () => (asked++ === 0 ? 2 ** 31 - 1 : 0);
    const { data } = await github.request("GET /repos/{owner}/{repo}/git/commits/{commit_sha}", {
      owner: "owner",
      repo: "name",
      commit_sha: sha,
    });
    expect([data.sha, asked > 1]).toEqual([sha, true]);
  });

  it("marks warnings as warnings, after the problems, and lists them in the summary", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    const at = (message: string) => ({ file: "data/small/levels.json", line: 2, column: 3, message, remedy: "Look again." });
    const verdict: Verdict = { conclusion: "success", title: "No problems; 1 warning", summary: "- small", problems: [], problemCount: 0 };
    await forge.report(sha, "Factpress", { ...verdict, warnings: [at("Odd @all")] });
    await forge.report(sha, "Factpress", { ...verdict, warnings: [at("Odd @all")] });
    expect(server.checkRuns).toMatchObject([
      {
        annotations: [{ path: "data/small/levels.json", start_line: 2, annotation_level: "warning", message: "Odd @all\nLook again." }],
        output: {
          summary: expect.stringMatching(/^- small\n\nWarnings:\n\n- `data\/small\/levels\.json:2:3` Odd @\u200ball Look again\.$/),
        },
      },
    ]);
    await forge.report(sha, "Factpress", { ...verdict, problems: [at("Wrong")], problemCount: 1, warnings: [at("Odd")] });
    expect(server.checkRuns[1]?.annotations.map(({ message }) => message)).toEqual(["Wrong\nLook again.", "Odd\nLook again."]);
  });

  it("marks its own comment, and leaves comments of others with the same mark alone", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    server.pulls = [{ number: 7, sha, base: "main" }];
    const strange = { id: 1, issue: 7, body: "<!-- factpress -->\nstrange", performed_via_github_app: null };
    server.comments.push(strange);
    await forge.comment(7, "two");
    expect(server.comments.map(({ body }) => body)).toEqual([strange.body, "<!-- factpress -->\ntwo"]);
  });

  it("fetches a thousand small files in batches of a hundred, and non-UTF-8 files one by one", async () => {
    const git = await repository();
    const texts = Array.from({ length: 1_000 }, (_, i) => [`f${String(i).padStart(4, "0")}.json`, `["\u05d0${i}"]`]);
    const odd = { "f0500.json": Buffer.from([0x5b, 0xff, 0xfe]), "f0600.json": "\ufeff[]", "f0700.json": "x".repeat(2_000_000) };
    const files = Object.entries({ ...Object.fromEntries(texts), ...odd }).map(([name, text]) => [`data/small/${name}`, text]);
    const [sha = ""] = importHistory(git.folder, [Object.fromEntries(files)]);
    const { server, forge } = await openServer(git);
    server.preload();
    const limits = { ...LIMITS, files: 1_000, fileBytes: 3_000_000 };
    const source = forge.source((await forge.folderId((await forge.commit(sha)).tree, "data/small")) as string, limits);
    const before = server.requests.length;
    const wrong: string[] = [];
    for (const { path } of await source.list()) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.read(path)) chunks.push(chunk);
      const expected = Buffer.from(odd[path as keyof typeof odd] ?? `["\u05d0${Number(path.slice(1, 5))}"]`);
      if (!Buffer.concat(chunks).equals(expected)) wrong.push(path);
    }
    expect(wrong).toEqual([]);
    expect(server.requests.length - before).toBeLessThanOrEqual(20);
  });

  it("fetches the few files that a commit changes by one query, and large or non-UTF-8 ones without any", async () => {
    const git = await repository();
    const all = Array.from({ length: 40 }, (_, i) => [`data/small/f${i}.json`, `[${i}]`]);
    const few = (commit: number) => Array.from({ length: 5 }, (_, i) => [`data/small/f${i}.json`, `[${i}, ${commit}]`]);
    importHistory(
      git.folder,
      [all, few(1), few(2)].map((files) => Object.fromEntries(files)),
    );
    const odd = { "g1.json": Buffer.from([0xff, 0xfe]), "g2.json": Buffer.from([0xfe, 0xff]), "h1.json": "x".repeat(501_000) };
    const { server, forge } = await openServer(git);
    const requestsFor = async (root: string, names: RegExp): Promise<string[]> => {
      const source = forge.source((await forge.folderId(root, "data/small")) as string, LIMITS);
      const paths = (await source.list()).map(({ path }) => path).filter((path) => names.test(path));
      const before = server.requests.length;
      for (const path of paths) for await (const _ of source.read(path));
      return server.requests.slice(before).map(({ path }) => path.replace(/\/[0-9a-f]{40}$/, ""));
    };
    const history = forge.history("main", "data/small", LIMITS);
    const trees: string[] = [];
    for (const { id } of (await history.after(null)).commits) trees.push((await forge.commit(id as string)).tree);
    const made: string[][] = [];
    for (const tree of trees) made.push(await requestsFor(tree, /./));
    expect(made).toEqual([["/graphql"], ["/graphql"], ["/graphql"]]);
    await git.git("reset", "-q", "--hard");
    await write(join(git.folder, "data/small"), odd);
    const { tree } = await forge.commit(await git.commit("odd", "2024-01-02T00:00:00Z"));
    // The first odd ones are asked for by a query, once.
    const blob = "/repos/owner/name/git/blobs";
    expect(await requestsFor(tree, /^[gh]/)).toEqual(["/graphql", blob, blob, blob]);
  });

  describe("many files", () => {
    const MB = 1024 * 1024;
    const NAME_OF_ARCHIVE = /^\/owner\/name\/legacy\.tar\.gz\/[0-9a-f]{40}$/;
    const limits = { files: 5_000, fileBytes: 3_000_000, totalBytes: 400_000_000, depth: 4 };
    /** Files in folders, each of some bytes. */
    const filesOf = (folders: number, each: number, bytes: number, mark = "") =>
      Object.fromEntries(
        Array.from({ length: folders * each }, (_, i) => [
          `data/small/${folders === 1 ? "" : `d${i % folders}/`}f${i}.json`,
          `[${JSON.stringify(`${mark}${i}`.padEnd(bytes - 4, "x"))}]`,
        ]),
      );

    async function openCommits(
      files: Record<string, string | Buffer>[],
    ): Promise<{ server: GitHubServer; commits: string[]; forge: Forge; log: string[]; git: TestRepository; folder: string }> {
      const git = await repository();
      const commits = importHistory(git.folder, files);
      const log: string[] = [];
      const folder = join(await scratch(), "archive");
      const opened = await openServer(git, { folder, log: (line, fields) => log.push(`${line} ${JSON.stringify(fields)}`) });
      opened.server.preload();
      return { ...opened, commits, log, git, folder };
    }

    /** Reads all files of a commit as git has them; returns what that took. */
    async function readAll(
      { server, forge, git }: Awaited<ReturnType<typeof openCommits>>,
      commit: string,
      more: { secondsLeft?: () => number } = {},
    ): Promise<{ requests: number; queries: number; archives: number }> {
      const { tree } = await forge.commit(commit);
      const folderId = (await forge.folderId(tree, "data/small")) as string;
      const [from, asked] = [server.requests.length, server.archives.requests.length];
      const source = forge.source(folderId, limits, { commit, path: "data/small", ...more });
      const ids: string[] = [];
      const files = await source.list();
      for (const { path } of files) {
        for await (const bytes of source.read(path)) ids.push(`${blobId(bytes)}\t${path}`);
      }
      const listed = await git.git("ls-tree", "-r", "--format=%(objectname)%x09%(path)", `${commit}:data/small`);
      expect(ids).toEqual(listed.split("\n"));
      const made = server.requests.slice(from).map(({ path }) => path);
      return {
        requests: made.filter((path) => path !== "/graphql").length,
        queries: made.filter((path) => path === "/graphql").length,
        archives: server.archives.requests.length - asked,
      };
    }

    it("lists the folders of a dataset by one request where several changed, and each by one where GitHub truncates that list", async () => {
      const opened = await openCommits([filesOf(50, 10, 60), filesOf(50, 10, 60, "again"), { "data/small/d7/f7.json": "[7]" }]);
      const [first = "", second = "", third = ""] = opened.commits;
      expect(await readAll(opened, first)).toEqual({ requests: 2, queries: 5, archives: 0 });
      expect(await readAll(opened, second)).toEqual({ requests: 2, queries: 5, archives: 0 });
      // The folder of the dataset, that of the file, and the file.
      expect(await readAll(opened, third)).toEqual({ requests: 3, queries: 0, archives: 0 });
      const truncated = await openCommits([filesOf(50, 10, 60)]);
      truncated.server.maxListed = 60;
      expect(await readAll(truncated, truncated.commits[0] as string)).toEqual({ requests: 52, queries: 5, archives: 0 });
    });

    it("lists folders in folders, hidden and equal ones by the same request", async () => {
      const files = {
        "a/b/c/x.json": "[]",
        "a/d/x.json": "[]",
        "e/b/c/x.json": "[]",
        ".hidden/x.json": "[]",
        "f/.hidden/x": "",
        "f/y.json": "[1]",
      };
      const opened = await openCommits([Object.fromEntries(Object.entries(files).map(([path, text]) => [`data/small/${path}`, text]))]);
      const { tree } = await opened.forge.commit(opened.commits[0] as string);
      const source = opened.forge.source((await opened.forge.folderId(tree, "data/small")) as string, limits);
      const from = opened.server.requests.length;
      expect((await source.list()).map(({ path }) => path)).toEqual(["a/b/c/x.json", "a/d/x.json", "e/b/c/x.json", "f/y.json"]);
      expect(opened.server.requests.length - from).toBe(2);
    });

    it("fetches one archive instead of 25 queries, and sends the token to no other host", async () => {
      const opened = await openCommits([{ ...filesOf(50, 50, 60), "README.md": "x" }, filesOf(50, 50, 60, "again")]);
      const [first = "", second = ""] = opened.commits;
      for (const commit of [first, second]) expect(await readAll(opened, commit)).toEqual({ requests: 3, queries: 0, archives: 1 });
      for (const { path, headers } of opened.server.archives.requests) {
        expect(path).toMatch(NAME_OF_ARCHIVE);
        expect(Object.keys(headers)).not.toContain("authorization");
        expect(JSON.stringify(headers)).not.toContain("ghs_");
      }
      // They are kept until the next unit of work.
      expect(await readAll(opened, first)).toEqual({ requests: 0, queries: 0, archives: 0 });
      opened.forge.startWork();
      expect(opened.log).toEqual([]);
    });

    it("fetches without an archive what it lacks or holds with other bytes, and what is not UTF-8 from it", async () => {
      const attributes = "data/small/f1.json export-ignore\ndata/small/f2.json export-subst\n";
      const odd = { "data/small/f3.json": Buffer.from([0xff, 0xfe]), "data/small/f2.json": '["$Format:%H$"]' };
      const opened = await openCommits([{ ...filesOf(1, 2_000, 60), ...odd, ".gitattributes": attributes }]);
      // The list, the archive, and a query for the two.
      expect(await readAll(opened, opened.commits[0] as string)).toEqual({ requests: 2, queries: 1, archives: 1 });
    });

    it.each<[string, (server: GitHubServer) => unknown, [number, number], string]>([
      [
        "GitHub has none",
        (server: GitHubServer) => (server.interfere = (_method, path) => (path.includes("/tarball/") ? { status: 404 } : undefined)),
        [2, 0],
        "ForgeError: interfered",
      ],
      [
        "GitHub has none for now",
        (server: GitHubServer) => (server.interfere = (_method, path) => (path.includes("/tarball/") ? { status: 502 } : undefined)),
        [2, 0],
        "ForgeError: interfered",
      ],
      [
        "GitHub does not answer",
        (server: GitHubServer) => (server.delayMs = (path) => (path.includes("/tarball/") ? 20_000 : 0)),
        [2, 0],
        "ForgeError: The operation was aborted due to timeout",
      ],
      [
        "its host is down",
        (server: GitHubServer) => (server.archives.url = "http://127.0.0.1:2"),
        [2, 0],
        "TypeError: fetch failed (ECONNREFUSED)",
      ],
      ["its host is unknown", (server: GitHubServer) => (server.archives.url = "http://no.invalid"), [2, 0], "TypeError: fetch failed (E"],
      [
        "its host has no address",
        (server: GitHubServer) => (server.archives.url = "http://[x"),
        [2, 0],
        "without the address of an archive",
      ],
      [
        "its host answers with a page",
        (server: GitHubServer) => (server.archive = () => Buffer.from("<html>")),
        [2, 1],
        "Error: incorrect header check (Z_DATA_ERROR)",
      ],
      ["it is cut", (server: GitHubServer) => (server.archive = () => gzipSync(Buffer.alloc(700, "x"))), [2, 1], "Error: "],
      [
        "it redirects for ever",
        (server: GitHubServer) =>
          (server.interfere = (_method, path) =>
            path.includes("/tarball/") ? { status: 302, headers: { location: `${server.url}${path}` } } : undefined),
        [6, 0],
        "redirects more than 5 times",
      ],
    ])("fetches everything without an archive if %s, and asks once", async (_name, damage, [requests, archives], message) => {
      const opened = await openCommits([filesOf(1, 2_000, 60)]);
      damage(opened.server);
      expect(await readAll(opened, opened.commits[0] as string, { secondsLeft: () => 1 })).toEqual({ requests, queries: 20, archives });
      expect(opened.log).toEqual([expect.stringContaining(message)]);
      expect(opened.log[0]).not.toContain("token=");
    });

    it("fails if the files of an archive cannot be written", async () => {
      const { server, forge, commits, folder, git, log } = await openCommits([filesOf(1, 2_000, 60)]);
      const [commit = ""] = commits;
      const id = await git.git("rev-parse", `${commit}:data/small/f7.json`);
      server.archive = () => {
        mkdirSync(join(folder, id));
        return undefined;
      };
      const { tree } = await forge.commit(commit);
      const folderId = (await forge.folderId(tree, "data/small")) as string;
      const read = forge.source(folderId, limits, { commit, path: "data/small" }).read("f0.json");
      await expect(read[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "EISDIR" });
      expect(log).toEqual([]);
    });

    it("gives up an archive that holds far more than is wanted, and asks for none if no time is left", async () => {
      const opened = await openCommits([filesOf(1, 2_000, 60), filesOf(1, 2_000, 60, "again")]);
      const [first = "", second = ""] = opened.commits;
      expect(await readAll(opened, first, { secondsLeft: () => 0 })).toEqual({ requests: 1, queries: 20, archives: 0 });
      // A busy machine may take longer for these bytes than an archive of so few files has.
      const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => new AbortController().signal);
      onTestFinished(() => timeout.mockRestore());
      const tar = pack();
      const entry = tar.entry({ name: "owner-name/a.bin", size: 150 * MB });
      const zeros = Buffer.alloc(MB);
      for (let i = 1; i < 150; i += 1) entry.write(zeros);
      entry.end(zeros);
      tar.finalize();
      // A large process takes long to start git.
      const sent = await buffer(tar.pipe(createGzip({ level: 1 })));
      opened.server.archive = () => sent;
      expect(await readAll(opened, second)).toEqual({ requests: 2, queries: 20, archives: 1 });
      expect(opened.log).toEqual([expect.stringMatching(/"files":0,"error":"The archive has more than \d+ bytes inflated/)]);
    });

    it("asks for no archive of a commit in the history if no time is left", async () => {
      const { forge, server, git, commits } = await openCommits([filesOf(1, 2_000, 60), filesOf(1, 2_000, 60, "again")]);
      for (const [i, [seconds, archives]] of [
        [0, 0],
        [60, 1],
      ].entries()) {
        const history = forge.history("main", "data/small", limits, { secondsLeft: () => seconds as number });
        const id = commits[i] as string;
        const tree = i === 0 ? await git.git("rev-parse", `${id}:data/small`) : null;
        for await (const bytes of history.at({ id, date: null, tree }).read("f0.json")) expect(bytes.length).toBe(60);
        expect(server.archives.requests).toHaveLength(archives as number);
      }
    });

    it("reads what describes a dataset without an archive, regardless of the size of its tables", async () => {
      const opened = await openCommits([{ ...filesOf(1, 2_000, 60), "data/small/dataset.json": "{}" }]);
      const { server, forge, commits } = opened;
      const { tree } = await forge.commit(commits[0] as string);
      const source = forge.source((await forge.folderId(tree, "data/small")) as string, limits, {
        commit: commits[0] as string,
        path: "data/small",
      });
      for await (const bytes of source.read("dataset.json")) expect(Buffer.from(bytes).toString()).toBe("{}");
      expect(server.archives.requests).toEqual([]);
    });

    it("waits, as for every request, if GitHub's limit of requests is used up", async () => {
      const opened = await openCommits([filesOf(1, 2_000, 60)]);
      opened.server.interfere = (_method, path) =>
        path.includes("/tarball/")
          ? { status: 403, headers: { "retry-after": "1800" }, body: { message: "secondary rate limit" } }
          : undefined;
      await expect(readAll(opened, opened.commits[0] as string)).rejects.toMatchObject({ name: "ForgeError", retryAfterSeconds: 1_800 });
    });
  });

  it("finds the merge base of a change whose differences GitHub does not show, and says if it cannot compare", async () => {
    const { git, sha } = await oneCommit();
    await git.git("checkout", "-q", "-b", "side");
    await write(git.folder, { "large.json": "[]\n".repeat(1_000_000) });
    const large = await git.commit("2", "2024-01-02T00:00:00Z");
    const { server, forge } = await openServer(git);
    expect(await forge.mergeBase("main", large)).toBe(sha);
    server.interfere = (_method, path) => (path.includes("/compare/") ? { status: 422 } : undefined);
    const error = await forge.mergeBase("main", large).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "ForgeComparisonError", publicMessage: "GitHub answered 422" });
    expect(error).toBeInstanceOf(ForgeError);
  });

  it("reads which commits a merge queue wants to merge into a branch, and their checks", async () => {
    const { git, sha } = await oneCommit();
    await git.git("checkout", "-q", "-b", "side");
    await write(git.folder, { "README.md": "x" });
    const other = await git.commit("2", "2024-01-02T00:00:00Z");
    await git.git("update-ref", "refs/heads/gh-readonly-queue/main/pr-5-a", sha);
    await git.git("update-ref", "refs/heads/gh-readonly-queue/main/pr-6-b", other);
    await git.git("update-ref", "refs/heads/gh-readonly-queue/maintenance/pr-7-c", other);
    const { forge } = await openServer(git);
    await forge.report(sha, "Factpress", VERDICT);
    expect((await forge.overview("main")).mergeGroups).toEqual([
      { sha, hasVerdict: true },
      { sha: other, hasVerdict: false },
    ]);
    expect(await forge.overview("side")).toEqual({ tip: other, pulls: [] });
  });

  it("reports a renamed repository or branch", async () => {
    const { git } = await oneCommit();
    const { server, forge } = await openServer(git);
    await expect(forge.overview("old")).rejects.toThrow("There is no branch old in owner/name. Its default branch is main");
    server.renamedTo = "owner/other";
    await expect(forge.overview("main")).rejects.toThrow("The repository owner/name is now owner/other: deploy again");
  });

  it("follows GitHub's redirects in every kind of request, with its token, once the repository has moved", async () => {
    const { git, sha } = await oneCommit();
    const folder = join(await scratch(), "archive");
    const many = Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`data/small/f${i}.json`, `[${i}]`]));
    const [next = ""] = importHistory(git.folder, [many], { from: sha });
    const { server, forge } = await openServer(git, { folder });
    server.isMoved = true;
    server.pulls = [{ number: 7, sha: next, base: "main", head: "side" }];
    const { tree } = await forge.commit(next);
    const folderId = (await forge.folderId(tree, "data/small")) as string;
    const source = forge.source(folderId, { ...LIMITS, files: 3_000 }, { commit: next, path: "data/small" });
    for await (const bytes of source.read("f0.json")) expect(Buffer.from(bytes).toString()).toBe("[0]");
    expect([server.archives.requests.length, await forge.tip("main"), await forge.mergeBase(sha, "main")]).toEqual([1, next, sha]);
    expect([await forge.isPublic(), await forge.defaultBranch(), await forge.isBranchTip(next)]).toEqual([true, "main", true]);
    expect([await forge.isCurrent(7, next), await forge.hasOpenPull("side", "main", next)]).toEqual([true, true]);
    await forge.report(next, "Factpress", { ...VERDICT, conclusion: "in-progress", problems: [], problemCount: 0 });
    await forge.report(next, "Factpress", VERDICT);
    for (const text of ["one", "two"]) await forge.comment(7, text);
    expect([server.checkRuns, server.comments]).toMatchObject([
      [{ head_sha: next, conclusion: "failure", annotations: [{ message: "Wrong" }] }],
      [{ issue: 7, body: expect.stringMatching(/\ntwo$/) }],
    ]);
    expect(server.requests.filter(({ path }) => path.startsWith("/repositories/1")).length).toBeGreaterThan(15);
  });

  it.each([
    ["ahead of", 600_000],
    ["behind", -600_000],
  ])("gets its token although GitHub's clock is ten minutes %s its own", async (_where, skew) => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git).then(async (opened) => {
      opened.server.clockSkewMs = skew;
      const credentials = JSON.stringify({ appId: opened.server.appId, privateKey });
      return { ...opened, forge: await openGitHub({ repository: "owner/name", apiUrl: opened.server.url, credentials }) };
    });
    expect(await forge.tip("main")).toBe(sha);
    expect(server.requests.map(({ path }) => path)).toContain("/app/installations/99/access_tokens");
  });

  it("reads 250 open pull requests and the tip in three requests, and 300 commits of three datasets in three more", async () => {
    const { git, sha } = await oneCommit();
    for (const name of ["one", "two"]) await write(join(git.folder, "data", name), { "dataset.json": "{}" });
    const last = await git.commit("2", "2024-01-02T00:00:00Z");
    importHistory(git.folder, new Array(300).fill({}), { from: last });
    const { server, forge } = await openServer(git);
    server.preload();
    server.pulls = Array.from({ length: 250 }, (_, i) => ({ number: i + 1, sha, base: "main" }));
    const counted = async <T>(act: () => Promise<T>): Promise<[T, number]> => {
      const before = server.requests.length;
      const result = await act();
      return [result, server.requests.length - before];
    };
    await forge.tip("main");
    const [{ pulls }, requests] = await counted(() => forge.overview("main"));
    expect([pulls.length, requests]).toEqual([250, 3]);
    const [found, count] = await counted(async () => {
      const all = [];
      for (const name of ["small", "one", "two"]) all.push(await forge.history("main", `data/${name}`, LIMITS).after(last));
      return all;
    });
    expect(found.map(({ commits }) => commits.length)).toEqual([300, 300, 300]);
    // A tip and a comparison for each dataset, and four pages for all.
    expect(count).toBeLessThanOrEqual(3 + 3 + 4);
  });

  it("refuses a commit that takes too many requests, and fetches the next one", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git, { maxRequests: 4 });
    // Files that a query does not bring are fetched one by one.
    server.interfere = (_method, path) => (path === "/graphql" ? { status: 200, body: { data: { repository: {} } } } : undefined);
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

  const nothingLeft = () => ({ "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(Date.now() / 1000) + 3_600) });
  it.each([
    ["its hourly limit", 403, nothingLeft, "API rate limit exceeded for installation", 3_600],
    ["its hourly limit, by another status", 429, nothingLeft, "API rate limit exceeded for installation", 3_600],
    ["a secondary limit", 403, () => ({ "retry-after": "1800" }), "You have exceeded a secondary rate limit", 1_800],
    ["a limit that only the text names", 403, () => ({}), "API rate limit exceeded", 60],
  ])("a refusal because of %s is unavailable, with the seconds to wait", async (_name, status, headers, message, seconds) => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    server.interfere = (_method, path) => (path.includes("/git/commits/") ? { status, headers: headers(), body: { message } } : undefined);
    const error = (await forge.commit(sha).catch((thrown: unknown) => thrown)) as ForgeError;
    expect(error).toMatchObject({ reason: "unavailable", status, publicMessage: "GitHub's limit of requests is used up" });
    expect(error.retryAfterSeconds).toBeGreaterThan(seconds - 60);
    expect(error.retryAfterSeconds).toBeLessThanOrEqual(seconds + 1);
  });

  it("a query that is refused because of its hourly limit is unavailable, with the seconds to wait", async () => {
    const { git } = await oneCommit();
    const { server, forge } = await openServer(git);
    const body = { data: null, errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] };
    server.interfere = (_method, path) => (path === "/graphql" ? { status: 200, headers: nothingLeft(), body } : undefined);
    const error = (await forge.overview("main").catch((thrown: unknown) => thrown)) as ForgeError;
    expect(error).toMatchObject({ name: "ForgeError", reason: "unavailable" });
    expect(error.retryAfterSeconds).toBeGreaterThan(3_500);
  });

  it("a query that is refused because of a secondary limit, with the status 200, is unavailable, with the seconds to wait", async () => {
    const { git } = await oneCommit();
    const { server, forge } = await openServer(git);
    const body = { data: null, errors: [{ message: "You have exceeded a secondary rate limit." }] };
    const asked = { headers: {} as Record<string, string> };
    server.interfere = (_method, path) => (path === "/graphql" ? { status: 200, headers: asked.headers, body } : undefined);
    for (const [headers, seconds] of [[{}, 60] as const, [{ "retry-after": "1800" }, 1_800] as const]) {
      asked.headers = headers;
      await expect(forge.overview("main")).rejects.toMatchObject({ reason: "unavailable", retryAfterSeconds: seconds });
    }
  });

  it.each([
    [
      "errors beside a part of the data",
      () => ({ status: 200, body: { data: { repository: {} }, errors: [{ type: "RESOURCE_LIMITS_EXCEEDED" }] } }),
    ],
    ["a page of HTML", () => ({ status: 200, headers: { "content-type": "text/html" }, raw: Buffer.from("<html>") })],
  ])("reads files one by one, and fewer commits at once, if GitHub answers a query with %s", async (_name, answer) => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    const asked: string[] = [];
    let isMany = false;
    server.interfere = (_method, path) => {
      if (path !== "/graphql") return undefined;
      isMany = !isMany;
      asked.push(path);
      return isMany ? answer() : undefined;
    };
    const { tip, commits } = await forge.history("main", "data/small", LIMITS).after(null);
    expect([tip?.id, commits.length, asked.length]).toEqual([sha, 1, 2]);
    isMany = false;
    const source = forge.source(tip?.tree as string, LIMITS);
    const files = await source.list();
    for (const { path } of files) for await (const bytes of source.read(path)) expect(bytes.length).toBeGreaterThan(0);
    expect(asked).toHaveLength(3);
    expect(server.requests.filter(({ path }) => path.includes("/git/blobs/"))).toHaveLength(files.length);
  });

  it("writes one comment and one check if the answers to the first tries are lost", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    server.pulls = [{ number: 7, sha, base: "main" }];
    const lost = new Set<string>();
    server.drops = (path) => {
      if (!/comments$|check-runs$/.test(path) || lost.has(path)) return false;
      const writes = server.requests.filter((one) => one.method === "POST" && one.path === path).length;
      if (writes === 0) return false;
      lost.add(path);
      return true;
    };
    await forge.comment(7, "one");
    await forge.report(sha, "Factpress", { conclusion: "success", title: "t", summary: "s", problems: [], problemCount: 0 });
    expect([lost.size, server.comments.length, server.checkRuns.length]).toEqual([2, 1, 1]);
  });

  it("writes its verdict and its comment although another invocation wrote others while it failed", async () => {
    const { git, sha } = await oneCommit();
    const { server, forge } = await openServer(git);
    server.pulls = [{ number: 7, sha, base: "main" }];
    const failed = new Set<string>();
    server.interfere = (method, path) => {
      if (method !== "POST" || !/comments$|check-runs$/.test(path) || failed.has(path)) return undefined;
      failed.add(path);
      if (path.endsWith("/comments"))
        server.comments.push({ id: 1, issue: 7, body: "<!-- factpress -->\nanother", performed_via_github_app: { id: server.appId } });
      else {
        const output = { title: "t", summary: "s" };
        server.checkRuns.push({
          id: 2,
          name: "Factpress",
          head_sha: sha,
          status: "in_progress",
          conclusion: null,
          output,
          annotations: [],
        });
      }
      return { status: 502 };
    };
    await forge.comment(7, "one");
    await forge.report(sha, "Factpress", { conclusion: "success", title: "t", summary: "s", problems: [], problemCount: 0 });
    const written = [server.comments.map(({ body }) => body), server.checkRuns.map(({ conclusion }) => conclusion)];
    expect(written).toEqual([[expect.stringMatching(/\none$/)], [null, "success"]]);
  });

  it("asks for as few commits at once from then on, once GitHub answered only the smaller query", async () => {
    const { git } = await oneCommit();
    for (let i = 2; i <= 35; i += 1) await git.git("commit", "-q", "--allow-empty", "-m", String(i));
    const { server, forge } = await openServer(git);
    let asked = 0;
    server.interfere = (_method, path) => {
      if (path !== "/graphql") return undefined;
      asked += 1;
      return asked === 1 ? { status: 200, body: { data: { repository: {} }, errors: [{ type: "RESOURCE_LIMITS_EXCEEDED" }] } } : undefined;
    };
    await forge.history("main", "data/small", LIMITS).after(null);
    expect(asked).toBe(5);
  });

  it("fails when the secret is a placeholder, or the name is not a repository", async () => {
    const settings = { apiUrl: "https://api.github.com", credentials: "to be replaced", repository: "owner/name" };
    await expect(openGitHub(settings)).rejects.toThrow('The secret of the GitHub App is not JSON with "appId" and "privateKey"');
    await expect(openGitHub({ ...settings, repository: "owner" })).rejects.toThrow('"owner" is not a repository: expected owner/name');
  });
});
