import { folderIds } from "../../lib/adapters/git/folder-ids.ts";
import { gitHistory } from "../../lib/adapters/git/git-history.ts";
import { bareGitRepository, type GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { readFolderId } from "../../lib/adapters/git/read-folder-id.ts";
import type { FetchLimits, Forge, Verdict } from "../../lib/ports/forge.ts";
import { ForgeError } from "../../lib/ports/forge-error.ts";
import type { Source } from "../../lib/ports/ports.ts";
import { UnreadableSourceError } from "../../lib/ports/unreadable-source-error.ts";

/** A forge for a bare repository on this machine. Pull request 7 is the ref refs/pull/main/7; reports are kept in memory. */
export interface GitForge extends Forge {
  reports: { sha: string; name: string; verdict: Verdict }[];
  comments: Map<number, string>;
}

/** Files of a folder, which `git ls-tree` lists. */
function folderSource({ git, blob }: GitRepository, folderId: string, limits: FetchLimits): Source {
  const list = async () => {
    const listing = await git("ls-tree", "-r", "-z", "-l", "--full-tree", folderId);
    const files = listing
      .split("\0")
      .filter(Boolean)
      .map((line) => {
        const [, mode = "", oid = "", size = "", path = ""] = /^(\d+) \w+ (\w+) +(\d+|-)\t(.*)$/s.exec(line) ?? [];
        return { mode, oid, path, bytes: Number(size) };
      })
      .filter(({ path }) => !/(^|\/)\./.test(path));
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    if (files.length > limits.files || total > limits.totalBytes) throw new UnreadableSourceError("The dataset is too large");
    for (const { path, mode, bytes } of files) {
      if (mode !== "100644" && mode !== "100755") throw new UnreadableSourceError(`${path} is not a regular file`);
      if (bytes > limits.fileBytes) throw new UnreadableSourceError(`${path} is too large`);
      if (path.split("/").length - 1 > limits.depth) throw new UnreadableSourceError(`${path} is nested too deep`);
    }
    return files;
  };
  return {
    list,
    async *read(path) {
      const file = (await list()).find((one) => one.path === path);
      if (!file) throw new Error(`${path} is not in ${folderId}`);
      yield* blob(file.oid);
    },
  };
}

export function openGitForge(gitDir: string): GitForge {
  const repository = bareGitRepository(gitDir, { inHook: false });
  const { git, ask } = repository;
  const resolve = async (name: string): Promise<string> => {
    const sha = await ask("rev-parse", "--verify", "--quiet", `${name}^{commit}`);
    if (sha === undefined)
      throw new ForgeError(`There is no commit ${name}`, { reason: "missing", publicMessage: "git has no such commit" });
    return sha.trim();
  };
  const refs = async (prefix: string): Promise<{ name: string; sha: string }[]> =>
    (await git("for-each-ref", "--format=%(objectname) %(refname)", prefix))
      .split("\n")
      .filter(Boolean)
      .map((line) => ({ sha: line.slice(0, line.indexOf(" ")), name: line.slice(line.indexOf(" ") + 1) }));
  const reports: GitForge["reports"] = [];
  const comments: GitForge["comments"] = new Map();
  const latest = (sha: string, name: string) => reports.findLast((report) => report.sha === sha && report.name === name);
  const startedAt = new Map<string, string>();
  const hasVerdict = (sha: string): boolean => (latest(sha, "Factpress")?.verdict.conclusion ?? "in-progress") !== "in-progress";
  return {
    reports,
    comments,
    webUrl: `file://${gitDir}`,
    retryHint: "Push the commit again",
    cloneAccess: async () => ({ url: `file://${gitDir}`, username: "", password: "" }),
    isPublic: async () => true,
    startWork: () => {},
    requestsLeft: () => undefined,
    defaultBranch: async () => (await git("symbolic-ref", "--short", "HEAD")).trim(),
    tip: (branch) => resolve(`refs/heads/${branch}`),
    async commit(sha) {
      const [tree = "", parents = "", seconds = ""] = (await git("show", "-s", "--format=%T%n%P%n%ct", await resolve(sha))).split("\n");
      const date = new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
      return { tree, parents: parents.split(" ").filter(Boolean), date };
    },
    async mergeBase(a, b) {
      const found = await Promise.all([a, b].map((name) => ask("rev-parse", "--verify", "--quiet", `${name}^{commit}`)));
      const commits = found.filter((sha) => sha !== undefined).map((sha) => sha.trim());
      return commits.length < 2 ? undefined : (await ask("merge-base", ...commits))?.trim();
    },
    folderId: async (root, path) => (await readFolderId(repository, root, path)) ?? null,
    folderIds: (root, path) => folderIds(repository, root, path),
    source: (folderId, limits) => folderSource(repository, folderId, limits),
    history: (branch, folder) => gitHistory(repository, `refs/heads/${branch}`, folder),
    mergeMethods: async () => undefined,
    isCurrent: async (pull, sha) => (await refs("refs/pull")).some((ref) => ref.sha === sha && ref.name.endsWith(`/${pull}`)),
    hasOpenPull: async (from, into, sha) =>
      (await resolve(`refs/heads/${from}`)) === sha && (await refs(`refs/pull/${into}`)).some((ref) => ref.sha === sha),
    isBranchTip: async (sha) => (await refs("refs/heads")).some((ref) => ref.sha === sha),
    async overview(branch) {
      const pulls = (await refs(`refs/pull/${branch}`)).map(({ name, sha }) => ({
        number: Number(name.slice(name.lastIndexOf("/") + 1)),
        sha,
        hasVerdict: hasVerdict(sha),
        ...(startedAt.has(sha) && !hasVerdict(sha) ? { startedAt: startedAt.get(sha) as string } : {}),
      }));
      return { tip: await resolve(`refs/heads/${branch}`), pulls };
    },
    hasVerdict: async (sha) => hasVerdict(sha),
    async report(sha, name, verdict, again = false) {
      if (verdict.conclusion === "in-progress") startedAt.set(sha, new Date().toISOString());
      if (again || JSON.stringify(latest(sha, name)?.verdict) !== JSON.stringify(verdict)) reports.push({ sha, name, verdict });
    },
    async comment(pull, markdown) {
      comments.set(pull, markdown);
    },
  };
}
