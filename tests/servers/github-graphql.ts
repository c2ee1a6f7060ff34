import { execFileSync } from "node:child_process";
import type { GitObjects, ObjectInfo } from "./git-objects.ts";

interface PullFacts {
  number: number;
  sha: string;
  base: string;
}

interface RunFacts {
  name: string;
  head_sha: string;
  status: string;
  started_at?: string;
}

export interface GraphQlState {
  /** Full name of the repository; differs from the requested one if it was renamed. */
  name: string;
  pulls: readonly PullFacts[];
  checkRuns: readonly RunFacts[];
}

/** Commits read per process, so that a long history needs few processes regardless of the page size. */
const READ_AHEAD = 2_000;

/** The queries of lib/adapters/github, answered from a git repository. Anything else is an error. */
export class GraphQlAnswers {
  readonly #repository: string;
  readonly #objects: GitObjects;
  readonly #trees = new Map<string, { name: string; oid: string; type: string }[]>();
  /** Consecutive commits without merges, each the parent of the one before it, and their indexes. */
  #line: string[][] = [];
  #places = new Map<string, number>();
  /** The ids of a folder in these commits. */
  #files = new Map<string, (ObjectInfo | undefined)[]>();
  constructor(repository: string, objects: GitObjects) {
    this.#repository = repository;
    this.#objects = objects;
  }

  #git(...args: string[]): string {
    return execFileSync("git", ["-C", this.#repository, ...args], {
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  #entries(tree: string): { name: string; oid: string; type: string }[] {
    const known = this.#trees.get(tree);
    if (known) return known;
    const entries = this.#git("ls-tree", "-z", tree)
      .split("\0")
      .filter(Boolean)
      .map((line) => {
        const [, type = "", oid = "", name = ""] = /^\d+ (\w+) (\w+)\t(.*)$/s.exec(line) ?? [];
        return { name, oid, type };
      });
    this.#trees.set(tree, entries);
    return entries;
  }

  /** What `git log` lists from a commit on, if that is known: of commits without a merge, it lists each one's parent next. */
  #known(oid: string, max: number): string[][] | undefined {
    const at = this.#places.get(oid);
    if (at === undefined) return undefined;
    const [, , parent] = this.#line.at(-1) as string[];
    return at + max <= this.#line.length || !parent ? this.#line.slice(at, at + max) : undefined;
  }

  #list(oid: string, max: number): string[][] | undefined {
    const [found] = this.#objects.find([`${oid}^{commit}`]);
    if (!found) return undefined;
    const lines = this.#git("log", `--max-count=${READ_AHEAD}`, "--format=%H %ct %P", found.id).trim().split("\n");
    const commits = lines.map((line) => line.split(" "));
    const merge = commits.findIndex(([, , ...parents]) => parents.length > 1);
    this.#line = merge < 0 ? commits : commits.slice(0, merge);
    this.#places = new Map(this.#line.map(([id = ""], i) => [id, i]));
    this.#files = new Map();
    return commits.slice(0, max);
  }

  #filesOf(commits: readonly string[][], folder: string): (ObjectInfo | undefined)[] {
    const from = this.#places.get(commits[0]?.[0] ?? "");
    if (from === undefined || from + commits.length > this.#line.length)
      return this.#objects.find(commits.map(([id]) => `${id}:${folder}`));
    const files = this.#files.get(folder) ?? this.#objects.find(this.#line.map(([id]) => `${id}:${folder}`));
    this.#files.set(folder, files);
    return files.slice(from, from + commits.length);
  }

  #commits({ oid = "", folder = "" }: Record<string, string>, max: number): object | null {
    const commits = this.#known(oid, max) ?? this.#list(oid, max);
    if (!commits) return null;
    const files = this.#filesOf(commits, folder);
    const nodes = commits.map(([id, seconds, parent], i) => {
      const file = files[i];
      return {
        oid: id,
        committedDate: new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z"),
        parents: { nodes: parent ? [{ oid: parent }] : [] },
        file: file ? { oid: file.id, object: file.type === "tree" ? { entries: this.#entries(file.id) } : {} } : null,
      };
    });
    return { history: { nodes } };
  }

  /** Text as GitHub sends it: bytes that are not UTF-8 are replaced. */
  #blobs(query: string): object {
    const asked = [...query.matchAll(/(b\d+): object\(oid: "(\w+)"\)/g)];
    const texts = this.#objects.texts(
      asked.map(([, , oid = ""]) => oid),
      "blob",
    );
    return Object.fromEntries(asked.map(([, name = ""], i) => [name, { text: texts[i] ?? null }])) as object;
  }

  #overview({ branch = "", ref = "", queue = "", after }: Record<string, string>, { name, pulls, checkRuns }: GraphQlState): object {
    const [tip, head] = this.#objects.find([ref, "HEAD"]);
    const from = Number(after ?? 0);
    const open = pulls.filter(({ base }) => base === branch);
    const checkOf = (sha: string): object => {
      const runs = checkRuns.filter((run) => run.name === "Factpress" && run.head_sha === sha).slice(-1);
      const nodes = runs.map(({ status, started_at }) => ({ status: status.toUpperCase(), startedAt: started_at ?? null }));
      return { checkSuites: { nodes: [{ checkRuns: { nodes } }] } };
    };
    const nodes = open
      .slice(from, from + 100)
      .map(({ number, sha }) => ({ number, headRefOid: sha, commits: { nodes: [{ commit: checkOf(sha) }] } }));
    const queued = this.#git("for-each-ref", "--format=%(objectname)", queue).split("\n").filter(Boolean);
    const hasNextPage = from + 100 < open.length;
    return {
      nameWithOwner: name,
      defaultBranchRef: head ? { name: this.#git("symbolic-ref", "--short", "HEAD").trim() } : null,
      ref: tip ? { target: { oid: tip.id } } : null,
      refs: { nodes: queued.map((oid) => ({ target: { oid, ...checkOf(oid) } })) },
      pullRequests: { pageInfo: { hasNextPage, endCursor: hasNextPage ? String(from + 100) : null }, nodes },
    };
  }

  /** The answer to a query about the repository; undefined for an unknown query. */
  answer(query: string, variables: Record<string, string>, state: GraphQlState): object | undefined {
    const operation = /^query (\w+)/.exec(query)?.[1];
    const max = Number(/history\(first: (\d+)\)/.exec(query)?.[1] ?? 0);
    if (operation === "Commits" && max > 0 && max <= 100) return { object: this.#commits(variables, max) };
    if (operation === "Blobs") return this.#blobs(query);
    if (operation === "Overview") return this.#overview(variables, state);
    return undefined;
  }
}
