import type { Position } from "../../ports/ports.ts";
import { type GitHub, type RepositoryName, unlessGitHubStatus } from "./github-client.ts";
import { type GitHubObjects, gitHubTime } from "./github-objects.ts";

/** Maximum commits walked back from the tip. */
const MAX_WALK = 20_000;

const PAGE = 100;

/** How branches and commits of a repository relate, through GitHub's API. */
export class GitHubBranches {
  readonly #github: GitHub;
  readonly #repository: RepositoryName;
  readonly #objects: GitHubObjects;
  constructor(github: GitHub, repository: RepositoryName, objects: GitHubObjects) {
    this.#github = github;
    this.#repository = repository;
    this.#objects = objects;
  }

  async tip(branch: string): Promise<string> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/git/ref/{ref}", { ...this.#repository, ref: `heads/${branch}` });
    return data.object.sha;
  }

  /** How `head` stands to `base`; undefined if one of them is not there, or they have no common commit. */
  async compare(base: string, head: string): Promise<{ status: string; mergeBase: string } | undefined> {
    const request = this.#github.request("GET /repos/{owner}/{repo}/compare/{basehead}", {
      ...this.#repository,
      basehead: `${base}...${head}`,
      per_page: 1,
    });
    const found = await unlessGitHubStatus([404], request);
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

  async #page(from: string): Promise<WalkedCommit[]> {
    const { data } = await this.#github.request("GET /repos/{owner}/{repo}/commits", { ...this.#repository, sha: from, per_page: PAGE });
    return data.map(({ sha, commit, parents }) => ({
      id: sha,
      tree: commit.tree.sha,
      date: gitHubTime(commit.committer?.date),
      parents: parents.map((parent) => parent.sha),
    }));
  }

  /** First-parent commits after `since` up to the tip, oldest first; undefined if `since` is not on that line. */
  async walk(tip: string, since: string | null): Promise<WalkedCommit[] | undefined> {
    const known = new Map<string, WalkedCommit>();
    const line: WalkedCommit[] = [];
    for (let id: string | undefined = tip; id !== since; ) {
      if (id === undefined) return since === null ? line.reverse() : undefined;
      if (line.length >= MAX_WALK) throw new Error(`The newest release is more than ${MAX_WALK} commits behind the tip`);
      if (!known.has(id)) for (const commit of await this.#page(id)) known.set(commit.id, commit);
      const commit = known.get(id) as WalkedCommit;
      line.push(commit);
      id = commit.parents[0];
    }
    return line.reverse();
  }
}

export interface WalkedCommit {
  id: string;
  tree: string;
  date: string;
  parents: string[];
}
