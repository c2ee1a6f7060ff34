import { parseJson } from "../../json/parse-json.ts";
import type { Forge, ForgeSettings } from "../../ports/forge.ts";
import { ForgeNotSetUpError } from "../../ports/forge-not-set-up-error.ts";
import { folderIdSource } from "./folder-id-source.ts";
import { GitHubArchives } from "./github-archives.ts";
import { GitHubBranches } from "./github-branches.ts";
import { type AppCredentials, githubClient } from "./github-client.ts";
import { gitHubHistory } from "./github-history.ts";
import { GitHubObjects } from "./github-objects.ts";
import { GitHubReporter } from "./github-reporter.ts";
import { gitHubWebAddress } from "./github-web-address.ts";
import { HourlyLimit } from "./hourly-limit.ts";
import { parseGitHubRepository } from "./parse-github-repository.ts";
import { readOverview } from "./read-overview.ts";

function parseCredentials(text: string): AppCredentials {
  const { appId, privateKey } = parseJson<Partial<Record<keyof AppCredentials, string | number>> | null>(text)?.value ?? {};
  if (appId && privateKey) return { appId: String(appId), privateKey: String(privateKey) };
  throw new ForgeNotSetUpError('The secret of the GitHub App is not JSON with "appId" and "privateKey" (docs/deploy.md)');
}

/** Opens a repository on GitHub as an App installed there. `credentials` is JSON: `{"appId", "privateKey"}`. */
export async function openGitHub({
  repository: name,
  apiUrl,
  credentials,
  folder,
  log = () => {},
  ...limits
}: ForgeSettings): Promise<Forge> {
  const repository = parseGitHubRepository(name);
  const app = parseCredentials(credentials);
  const hourlyLimit = new HourlyLimit();
  const github = await githubClient(app, repository, apiUrl, {
    onRequestsLeft: (left, untilMs) => hourlyLimit.set(left, untilMs),
  });
  const archives = folder === undefined ? {} : { archives: new GitHubArchives(github, repository, { apiUrl, folder, log }) };
  const objects = new GitHubObjects(github, repository, { ...limits, ...archives, hourlyLimit });
  const branches = new GitHubBranches(github, repository, objects);
  const reporter = new GitHubReporter(github, repository, app.appId);
  const repositoryFacts = async () => (await github.request("GET /repos/{owner}/{repo}", { ...repository })).data;
  const webUrl = gitHubWebAddress(apiUrl, name);
  return {
    webUrl,
    retryHint: 'Choose "Re-run" above',
    // https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/authenticating-as-a-github-app-installation
    cloneAccess: async () => ({ url: `${webUrl}.git`, username: "x-access-token", password: await github.token() }),
    isPublic: async () => !(await repositoryFacts()).private,
    requestsLeft: () => hourlyLimit.left,
    startWork: () => objects.resetRequests(),
    defaultBranch: async () => (await repositoryFacts()).default_branch,
    tip: (branch) => branches.tip(branch),
    commit: (sha) => objects.commit(sha),
    mergeBase: async (a, b) => (await branches.compare(a, b))?.mergeBase,
    folderId: (root, path) => objects.folderId(root, path),
    async folderIds(root, path) {
      const id = await objects.folderId(root, path);
      if (id === null) return new Map();
      const folders = (await objects.tree(id)).filter(({ type, path }) => type === "tree" && !path.startsWith("."));
      return new Map(folders.map(({ path, sha }) => [path, sha]));
    },
    source: (folderId, limits, folder) => folderIdSource(objects, folderId, limits, folder),
    history: (branch, folder, limits, time) => gitHubHistory({ branches, objects, limits, ...time }, branch, folder),
    async mergeMethods() {
      const { allow_merge_commit: merge, allow_squash_merge: squash, allow_rebase_merge: rebase } = await repositoryFacts();
      return merge === undefined || squash === undefined || rebase === undefined ? undefined : { merge, squash, rebase };
    },
    isCurrent: (pull, sha) => reporter.isCurrent(pull, sha),
    hasOpenPull: (from, into, sha) => reporter.hasOpenPull(from, into, sha),
    isBranchTip: (sha) => branches.isTip(sha),
    overview: (branch) => readOverview(github, repository, branch, Number(app.appId)),
    hasVerdict: (sha) => reporter.hasVerdict(sha),
    report: (sha, report, verdict, again) => reporter.report(sha, report, verdict, again),
    comment: (pull, markdown) => reporter.comment(pull, markdown),
  };
}
