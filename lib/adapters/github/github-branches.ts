import { ForgeComparisonError } from "../../ports/forge-comparison-error.ts";
import { ForgeError } from "../../ports/forge-error.ts";
import { HistoryTooLongError } from "../../ports/history-too-long-error.ts";
import type { Position } from "../../ports/ports.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import type { GitHubObjects } from "./github-objects.ts";
import { gitHubTime } from "./github-time.ts";
import { isTooMuchToQuery, queryRepository } from "./query-repository.ts";
import { unlessGitHubStatus } from "./unless-github-status.ts";

/** Maximum commits between the newest release and the tip. */
const MAX_BEHIND = 20_000;

/** Commits per query, and the smaller number if GitHub does not answer: each commit may list a thousand datasets. */
const [MANY, FEW] = [100, 10];

/** Queries commits with the subfolders of a folder: one request, whatever the number of datasets. */
const commitsQuery = (count: number): string => `query Commits($owner: String!, $name: String!, $oid: GitObjectID!, $folder: String!) {
  repository(owner: $owner, name: $name) {
    object(oid: $oid) {
      ... on Commit {
        history(first: ${count}) {
          nodes {
            oid
            committedDate
            parents(first: 1) { nodes { oid } }
            file(path: $folder) { oid object { ... on Tree { entries { name oid type } } } }
          }
        }
      }
    }
  }
}`;

interface CommitsAnswer {
  object: {
    history?: {
      nodes: {
        oid: string;
        committedDate: string;
        parents: { nodes: { oid: string }[] };
        file: { oid: string; object: { entries?: { name: string; oid: string; type: string }[] } | null } | null;
      }[];
    };
  } | null;
}

/** Folder ids by name. */
type Folders = ReadonlyMap<string, string>;

export interface BranchCommit {
  id: string;
  date: string;
  /** First parent. */
  parent: string | undefined;
  folders: Folders;
}

const NO_FOLDERS: Folders = new Map();

/** GitHub answers 422 or 5xx if a comparison takes too long. */
function asForgeComparisonError(error: unknown): never {
  // Without a response the client reports status 500, which says nothing about the comparison.
  const isAnswered = error instanceof ForgeError && (error.cause as { response?: unknown } | undefined)?.response !== undefined;
  if (isAnswered && ((error.status ?? 0) >= 500 || error.status === 422)) throw new ForgeComparisonError(error);
  throw error;
}

/** Relations between branches and commits, read through GitHub's API. Immutable results are cached. */
export class GitHubBranches {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #objects: GitHubObjects;
  /** By the folder of the datasets, then by commit id. */
  readonly #commits = new Map<string, Map<string, BranchCommit>>();
  /** By the id of the parent folder, which most commits share. */
  readonly #folders = new Map<string, Folders>();
  #commitsAQuery = MANY;
  constructor(github: GitHub, repository: RepositoryName, objects: GitHubObjects) {
    this.#github = github;
    this.#repository = repository;
    this.#objects = objects;
  }

  async tip(branch: string): Promise<string> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...this.#repository, ref: `heads/${branch}` });
    return data.object.sha;
  }

  /** Whether a commit is the tip of any branch. 422: the commit is not in the repository. */
  async isTip(sha: string): Promise<boolean> {
    const request = this.#github.request("GET /repos/{owner}/{repo}/commits/{commit_sha}/branches-where-head", {
      ...this.#repository,
      commit_sha: sha,
    });
    return ((await unlessGitHubStatus([404, 422], request))?.data.length ?? 0) > 0;
  }

  /**
   * The relation of `head` to `base`; undefined if either is missing or they have no common ancestor. Asks for the second page, because the
   * first includes the diffs of the changed files, for which GitHub may answer 500
   * (https://docs.github.com/rest/commits/commits#compare-two-commits).
   */
  async compare(base: string, head: string): Promise<{ status: string; mergeBase: string } | undefined> {
    const request = this.#github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...this.#repository,
      basehead: `${base}...${head}`,
      per_page: 1,
      page: 2,
    });
    const found = await unlessGitHubStatus([404], request).catch(asForgeComparisonError);
    return found && { status: found.data.status, mergeBase: found.data.merge_base_commit.sha };
  }

  /** `on` for an ancestor of the tip by any parents. */
  async position(commit: string, tip: string): Promise<Position> {
    if (commit === tip) return "on";
    const compared = await this.compare(commit, tip);
    switch (compared?.status) {
      case undefined:
        return (await this.#objects.findCommit(commit)) ? "aside" : "unknown";
      case "ahead":
      case "identical":
        return "on";
      case "behind":
        return "behind";
      default:
        return "aside";
    }
  }

  /** A commit with the subfolders of a folder; undefined if the commit is not in the repository. */
  async commit(id: string, folder: string): Promise<BranchCommit | undefined> {
    const known = this.#commits.get(folder) ?? new Map<string, BranchCommit>();
    this.#commits.set(folder, known);
    const found = known.get(id);
    if (found) return found;
    const { object } = await this.#queryCommits({ oid: id, folder });
    for (const { oid, committedDate, parents, file } of object?.history?.nodes ?? [])
      known.set(oid, { id: oid, date: gitHubTime(committedDate), parent: parents.nodes[0]?.oid, folders: this.#foldersOf(file) });
    return known.get(id);
  }

  async #queryCommits(about: { oid: string; folder: string }): Promise<CommitsAnswer> {
    const ask = (count: number): Promise<CommitsAnswer> =>
      queryRepository<CommitsAnswer>(this.#github, this.#repository, commitsQuery(count), about);
    try {
      return await ask(this.#commitsAQuery);
    } catch (error) {
      if (!isTooMuchToQuery(error) || this.#commitsAQuery === FEW) throw error;
    }
    const answer = await ask(FEW);
    // GitHub answers the smaller query, so the larger one was too large, and the next one would be too.
    this.#commitsAQuery = FEW;
    return answer;
  }

  #foldersOf(file: NonNullable<NonNullable<CommitsAnswer["object"]>["history"]>["nodes"][number]["file"]): Folders {
    if (!file?.object?.entries) return NO_FOLDERS;
    const known = this.#folders.get(file.oid);
    const trees = file.object.entries.filter(({ type }) => type === "tree");
    const folders = known ?? new Map(trees.map(({ name, oid }) => [name, oid]));
    this.#folders.set(file.oid, folders);
    return folders;
  }

  /** First-parent commits after `since` up to the tip, oldest first; undefined if `since` is not among the last `max` of them. */
  async commitsSince(tip: string, since: string | null, folder: string, max = MAX_BEHIND): Promise<BranchCommit[] | undefined> {
    const line: BranchCommit[] = [];
    for (let id: string | undefined = tip; id !== since; ) {
      if (id === undefined) return since === null ? line.reverse() : undefined;
      if (line.length >= MAX_BEHIND) throw new HistoryTooLongError(`The newest release is more than ${MAX_BEHIND} commits behind the tip`);
      if (line.length >= max) return undefined;
      const commit: BranchCommit | undefined = await this.commit(id, folder);
      if (!commit) throw new Error(`GitHub lists no commit ${id}`);
      line.push(commit);
      id = commit.parent;
    }
    return line.reverse();
  }
}
