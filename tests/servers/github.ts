import { execFileSync } from "node:child_process";
import { createVerify } from "node:crypto";
import { createServer, type Server as HttpServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import { serveClone } from "./git-http.ts";
import { GitObjects } from "./git-objects.ts";
import { GraphQlAnswers } from "./github-graphql.ts";
import type { GitHubLimits } from "./github-limits.ts";
import { OpenApi } from "./open-api.ts";

interface CheckRun {
  id: number;
  name: string;
  head_sha: string;
  status: string;
  conclusion: string | null;
  started_at?: string;
  details_url?: string;
  output: { title: string; summary: string };
  annotations: { path: string; start_line: number; message: string; title?: string }[];
}
interface Comment {
  id: number;
  issue: number;
  body: string;
  performed_via_github_app: { id: number } | null;
}

export interface GitHubServer {
  url: string;
  appId: number;
  checkRuns: CheckRun[];
  comments: Comment[];
  /** `head`: a branch of the repository; without it, the pull request comes from a fork. */
  pulls: { number: number; sha: string; base: string; head?: string }[];
  requests: { method: string; path: string }[];
  /** GitHub's documented limits, if a test sets them. */
  limits?: GitHubLimits;
  /** What responses report about the hourly limit, without enforcing it. `reset`: seconds of Unix time. */
  rateLimit?: { left: number; reset: number };
  /** Reads the whole repository at once, for a large history that no longer changes. */
  preload(): void;
  /** Only the App may read it. */
  isPrivate?: boolean;
  /** New full name, if the repository was renamed. */
  renamedTo?: string;
  /** Other requests of the repository are redirected to its number: it was renamed. */
  isMoved?: boolean;
  /** How far its clock is ahead of this one. */
  clockSkewMs: number;
  /** GraphQL queries that were received. */
  queries: Set<string>;
  /** Requests that GitHub's description does not allow. */
  violations: string[];
  /** Answers instead of the server. Undefined: the server answers. */
  interfere:
    | ((method: string, path: string) => { status: number; headers?: Record<string, string>; body?: object } | undefined)
    | undefined;
  /** Whether the connection drops within the body of an answer. */
  drops: ((path: string) => boolean) | undefined;
  /** Maximum entries of a recursive list, beyond which it is truncated. */
  maxListed: number;
  /** Address of the host that sends archives, and the requests that it received. */
  archives: { url: string; requests: { path: string; headers: IncomingHttpHeaders }[] };
  /** The archive of a commit to send instead of git's. */
  archive: ((sha: string) => Uint8Array | undefined) | undefined;
  /** How long an answer is held back. */
  delayMs: ((path: string) => number) | undefined;
  tokenLifeSeconds: number;
  /** Settings of the repository, as GitHub calls them. */
  mergeMethods?: Partial<Record<"allow_merge_commit" | "allow_squash_merge" | "allow_rebase_merge", boolean>>;
  close(): Promise<void>;
}

const SECRET_OF_ARCHIVES = "AAAA";

/** GitHub documents no number; its pages stop at a megabyte. */
const MAX_DIFF = 1_000_000;

/**
 * The part of GitHub that is used here, on a real git repository. It verifies the tokens of an App and, where
 * FACTPRESS_OPENAPI names GitHub's description of its API, every request.
 */
export async function startGitHub(repository: string, name: string, publicKey: string): Promise<GitHubServer> {
  const description = process.env["FACTPRESS_OPENAPI"];
  const openApi = description ? new OpenApi(description) : undefined;
  const objects = new GitObjects(repository);
  const graphQl = new GraphQlAnswers(repository, objects);
  const tokens = new Map<string, number>();
  let next = 1000;
  const git = (...args: string[]): string =>
    execFileSync("git", ["-C", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });
  const idOf = (name: string): string | undefined => objects.find([name])[0]?.id;
  const dateOf = (seconds: string): string => new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
  /** Commits that are there. */
  const commitsOf = (ids: readonly string[]) =>
    objects.texts(ids, "commit").flatMap((text, i) => {
      if (text === undefined) return [];
      const header = text.slice(0, text.indexOf("\n\n"));
      const parents = [...header.matchAll(/^parent (\w+)$/gm)].map(([, sha = ""]) => ({ sha }));
      const [, tree = ""] = /^tree (\w+)$/m.exec(header) ?? [];
      const [, seconds = ""] = /^committer .* (\d+) [+-]\d{4}$/m.exec(header) ?? [];
      return [
        { sha: ids[i] as string, tree: { sha: tree }, parents, committer: { name: "A", email: "a@example.org", date: dateOf(seconds) } },
      ];
    });

  const server: Omit<GitHubServer, "url" | "close"> & { url?: string } = {
    appId: 4711,
    checkRuns: [],
    comments: [],
    pulls: [],
    requests: [],
    queries: new Set(),
    violations: [],
    interfere: undefined,
    drops: undefined,
    maxListed: 100_000,
    clockSkewMs: 0,
    archives: { url: "", requests: [] },
    archive: undefined,
    delayMs: undefined,
    preload: () => objects.preload(),
    tokenLifeSeconds: 3600,
  };

  type Answer = { status: number; body?: unknown; raw?: Buffer; headers?: Record<string, string> };
  const ok = (body: unknown, status = 200): Answer => ({ status, body });
  const missing: Answer = { status: 404, body: { message: "Not Found" } };

  const now = (): number => Date.now() + server.clockSkewMs;

  /** GitHub's message for a token whose times are wrong by its clock. */
  function wrongTime(authorization: string): string | undefined {
    const { iat = 0, exp = 0 } = JSON.parse(Buffer.from(authorization.split(".")[1] ?? "", "base64url").toString() || "{}");
    if (iat * 1000 > now()) return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
    if (exp * 1000 > now() + 600_000) return "'Expiration time' claim ('exp') is too far in the future";
    return exp * 1000 < now()
      ? "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires"
      : undefined;
  }

  function isApp(authorization: string): boolean {
    const [head = "", payload = "", signature = ""] = authorization.replace(/^bearer /i, "").split(".");
    if (!signature) return false;
    return createVerify("RSA-SHA256").update(`${head}.${payload}`).verify(publicKey, Buffer.from(signature, "base64url"));
  }

  function answer(request: IncomingMessage, url: URL, body: Record<string, unknown>): Answer {
    const authorization = request.headers.authorization ?? "";
    const path = url.pathname.replace(/^\/repositories\/1(?=\/|$)/, `/repos/${name}`);
    const method = request.method as string;
    if (server.isMoved && url.pathname.startsWith(`/repos/${name}`)) {
      const location = `${server.url}/repositories/1${url.pathname.slice(`/repos/${name}`.length)}${url.search}`;
      return { status: method === "GET" ? 301 : 307, body: { message: "Moved Permanently", url: location }, headers: { location } };
    }
    const wrong = /\/installation$|\/access_tokens$/.test(path) ? wrongTime(authorization) : undefined;
    if (wrong !== undefined) return { status: 401, body: { message: wrong } };
    if (path === `/repos/${name}/installation`)
      return isApp(authorization) ? ok({ id: 99 }) : { status: 401, body: { message: "A JSON web token could not be decoded" } };
    if (path === "/app/installations/99/access_tokens") {
      if (!isApp(authorization)) return { status: 401, body: { message: "bad" } };
      const token = `ghs_${next++}`;
      const ends = now() + server.tokenLifeSeconds * 1000;
      tokens.set(token, ends);
      return ok({ token, expires_at: new Date(ends).toISOString(), permissions: {}, repository_selection: "selected" }, 201);
    }
    if (!isToken(authorization.replace(/^token /i, ""))) return { status: 401, body: { message: "Bad credentials" } };
    if (path === "/graphql") {
      server.queries.add(String(body["query"]));
      const { query = "", variables = {} } = body as { query?: string; variables?: Record<string, string> };
      const state = { name: server.renamedTo ?? name, pulls: server.pulls, checkRuns: server.checkRuns };
      const isThere = `${variables["owner"]}/${variables["name"]}` === name;
      if (!isThere)
        return ok({ data: { repository: null }, errors: [{ type: "NOT_FOUND", message: "Could not resolve to a Repository" }] });
      const answered = graphQl.answer(query, variables, state);
      if (!answered) throw new Error(`An unknown query: ${query.slice(0, 100)}`);
      return ok({ data: { repository: answered } });
    }
    if (path === `/repos/${name}`)
      return ok({
        private: server.isPrivate ?? false,
        default_branch: git("symbolic-ref", "--short", "HEAD").trim(),
        allow_merge_commit: true,
        allow_squash_merge: true,
        allow_rebase_merge: false,
        ...server.mergeMethods,
      });
    const rest = path.startsWith(`/repos/${name}/`) ? path.slice(name.length + 8) : "";
    const paged = <T>(all: T[]): T[] => {
      const size = Number(url.searchParams.get("per_page") ?? 30);
      const page = Number(url.searchParams.get("page") ?? 1);
      return all.slice((page - 1) * size, page * size);
    };
    let found: RegExpExecArray | null;
    const is = (pattern: RegExp): boolean => {
      found = pattern.exec(rest);
      return found !== null;
    };
    const part = (i: number): string => decodeURIComponent((found as RegExpExecArray)[i] as string);
    if (is(/^git\/ref\/(.+)$/)) {
      const ref = `refs/${part(1)}`;
      const sha = idOf(ref);
      return sha ? ok({ ref, node_id: "", url: "", object: { type: "commit", sha, url: "" } }) : missing;
    }
    if (is(/^git\/commits\/([0-9a-f]+)$/)) {
      const [commit] = commitsOf([part(1)]);
      return commit ? ok(commit) : missing;
    }
    if (is(/^git\/trees\/([0-9a-f]+)$/)) {
      const tree = objects.entries(part(1));
      if (!tree) return missing;
      const all = url.searchParams.has("recursive") ? objects.entriesBelow(part(1)) : tree;
      const truncated = all.length > server.maxListed;
      return ok({ sha: part(1), tree: all.slice(0, server.maxListed), truncated });
    }
    if (is(/^git\/blobs\/([0-9a-f]+)$/)) {
      const raw = objects.get(part(1), "blob");
      return raw ? { status: 200, raw, headers: { "content-type": "application/vnd.github.raw+json; charset=utf-8" } } : missing;
    }
    if (is(/^tarball\/([0-9a-f]+)$/)) {
      // With a separate token, if the repository is private.
      const location = `${server.archives.url}/${name}/legacy.tar.gz/${part(1)}?token=${SECRET_OF_ARCHIVES}`;
      return objects.get(part(1), "commit") ? { status: 302, raw: Buffer.alloc(0), headers: { location } } : missing;
    }
    if (is(/^commits\/([0-9a-f]+)\/check-runs$/)) {
      const runs = server.checkRuns.filter((run) => run.head_sha === part(1) && run.name === url.searchParams.get("check_name")).reverse();
      return ok({ total_count: runs.length, check_runs: runs.slice(0, 1) });
    }
    if (is(/^commits\/([0-9a-f]+)\/branches-where-head$/)) {
      if (!objects.get(part(1), "commit")) return { status: 422, body: { message: "No commit found for SHA" } };
      const names = git("for-each-ref", "--format=%(refname:short)", `--points-at=${part(1)}`, "refs/heads")
        .split("\n")
        .filter(Boolean);
      return ok(names.map((name) => ({ name, commit: { sha: part(1), url: "" }, protected: false })));
    }
    if (is(/^commits$/)) {
      const from = url.searchParams.get("sha") as string;
      if (!idOf(from)) return missing;
      const ids = git("rev-list", `--max-count=${url.searchParams.get("per_page") ?? 30}`, from)
        .trim()
        .split("\n");
      return ok(commitsOf(ids).map((commit) => ({ sha: commit.sha, commit, parents: commit.parents })));
    }
    if (is(/^compare\/(.+)\.\.\.(.+)$/)) {
      const [base, head] = objects.find([part(1), part(2)].map((name) => `${name}^{commit}`)).map((found) => found?.id);
      if (!base || !head) return missing;
      let common: string;
      try {
        common = git("merge-base", base, head).trim();
      } catch {
        return missing;
      }
      // The first page lists the changed files, with their differences: https://docs.github.com/rest/commits/commits#compare-two-commits
      if (Number(url.searchParams.get("page") ?? 1) === 1 && git("diff", common, head).length > MAX_DIFF)
        return { status: 500, body: { message: "Server Error: Sorry, this diff is taking too long to generate." } };
      const status = base === head ? "identical" : common === base ? "ahead" : common === head ? "behind" : "diverged";
      return ok({ status, merge_base_commit: { sha: common }, commits: [] });
    }
    if (is(/^check-runs$/) && method === "POST") {
      const { output, ...more } = body as unknown as CheckRun & { output: CheckRun["output"] & { annotations?: CheckRun["annotations"] } };
      const run = {
        ...more,
        id: next++,
        status: more.status ?? "queued",
        output: { title: output.title, summary: output.summary },
        annotations: output.annotations ?? [],
      } as CheckRun;
      server.checkRuns.push(run);
      return ok(run, 201);
    }
    if (is(/^check-runs\/(\d+)$/)) {
      const run = server.checkRuns.find(({ id }) => id === Number(part(1)));
      if (!run) return missing;
      const { output, ...more } = body as unknown as { output?: CheckRun["output"] & { annotations?: CheckRun["annotations"] } };
      Object.assign(run, more);
      if (output) {
        run.output = { title: output.title, summary: output.summary };
        run.annotations.push(...(output.annotations ?? []));
      }
      return ok(run);
    }
    if (is(/^issues\/(\d+)\/comments$/)) {
      if (method === "GET") return ok(paged(server.comments.filter(({ issue }) => issue === Number(part(1)))));
      const comment = { id: next++, issue: Number(part(1)), body: body["body"] as string, performed_via_github_app: { id: server.appId } };
      server.comments.push(comment);
      return ok(comment, 201);
    }
    if (is(/^issues\/comments\/(\d+)$/)) {
      const comment = server.comments.find(({ id }) => id === Number(part(1)));
      if (!comment) return missing;
      comment.body = body["body"] as string;
      return ok(comment);
    }
    if (is(/^pulls$/))
      return ok(
        paged(
          server.pulls.filter(
            ({ base, head }) =>
              base === (url.searchParams.get("base") ?? base) &&
              [null, `${name.split("/")[0]}:${head ?? ""}`].includes(url.searchParams.get("head")),
          ),
        ).map(({ number, sha, base }) => ({
          number,
          head: { sha },
          base: { ref: base },
        })),
      );
    if (is(/^pulls\/(\d+)$/)) {
      const pull = server.pulls.find(({ number }) => number === Number(part(1)));
      return pull ? ok({ number: pull.number, state: "open", head: { sha: pull.sha }, base: { ref: pull.base } }) : missing;
    }
    return missing;
  }

  const isToken = (token: string): boolean => (tokens.get(token) ?? 0) >= now();

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.startsWith(`/${name}.git/`))
      return serveClone(request, response, { repository, at: `/${name}.git`, isToken, isPublic: !server.isPrivate });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url as string, "http://github");
    const text = Buffer.concat(chunks).toString("utf8");
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : undefined;
    server.requests.push({ method: request.method as string, path: url.pathname });
    // GitHub describes its GraphQL API elsewhere, and where it redirects to nowhere.
    const described = url.pathname === "/graphql" || url.pathname.startsWith("/repositories/") ? undefined : openApi;
    for (const violation of described?.violations(request.method as string, url, body) ?? [])
      server.violations.push(`${request.method} ${request.url}: ${violation}`);
    const delay = server.delayMs?.(url.pathname) ?? 0;
    if (delay > 0) await new Promise((done) => setTimeout(done, delay).unref());
    const limits = server.limits;
    response.once("close", () => limits?.end());
    const interfered = limits?.begin(request.method as string, url.pathname) ?? server.interfere?.(request.method as string, url.pathname);
    const { left = limits?.left, reset } = server.rateLimit ?? {};
    const remaining: Record<string, string> = {
      ...(left === undefined || url.pathname === "/graphql" ? {} : { "x-ratelimit-remaining": String(left) }),
      ...(reset === undefined ? {} : { "x-ratelimit-reset": String(reset) }),
      date: new Date(now()).toUTCString(),
    };
    const {
      status,
      body: answered,
      raw,
      headers,
    }: Answer = interfered ? { body: { message: "interfered" }, ...interfered } : answer(request, url, body ?? {});
    response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...remaining, ...headers });
    const bytes = raw ?? Buffer.from(JSON.stringify(answered));
    if (server.drops?.(url.pathname)) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    else response.end(bytes);
  }

  const http: HttpServer = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      server.violations.push(`${request.method} ${request.url}: ${error.stack}`);
      response.writeHead(500).end("{}");
    });
  });
  await new Promise<void>((done) => http.listen(0, "127.0.0.1", done));
  const archives = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url as string, "http://archives");
    server.archives.requests.push({ path: pathname, headers: request.headers });
    const sha = pathname.split("/").at(-1) as string;
    if (searchParams.get("token") !== SECRET_OF_ARCHIVES) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": "application/x-gzip" });
    const made = server.archive?.(sha);
    if (made) return response.end(made);
    return objects.archive(sha, `${name.replace("/", "-")}-${sha.slice(0, 7)}/`).pipe(response);
  });
  await new Promise<void>((done) => archives.listen(0, "127.0.0.1", done));
  server.archives.url = `http://127.0.0.1:${(archives.address() as { port: number }).port}`;
  return Object.assign(server, {
    url: `http://127.0.0.1:${(http.address() as { port: number }).port}`,
    async close() {
      for (const one of [http, archives]) {
        one.closeAllConnections();
        await new Promise((done) => one.close(done));
      }
    },
  });
}
