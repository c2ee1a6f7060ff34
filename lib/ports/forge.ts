import type { RepositoryLinks } from "../contract/repository-links.ts";
import type { Problem } from "../diagnostics/problem.ts";
import type { History, Source } from "./ports.ts";

/** Limits on fetching one dataset. */
export interface FetchLimits {
  files: number;
  fileBytes: number;
  totalBytes: number;
  /** Nested folders. */
  depth: number;
}

/** Where a folder is in git, so that a forge can send many of its files in one response. */
export interface CommitFolder {
  commit: string;
  /** The folder, from the root of the repository. */
  path: string;
  /** Time for fetching. @default unlimited */
  secondsLeft?(): number;
}

/** The merge methods that a repository allows for pull requests. */
export interface MergeMethods {
  merge: boolean;
  squash: boolean;
  rebase: boolean;
}

/** A commit in git. Equal folder ids name equal content. */
export interface CommitFacts {
  /** Id of the root folder. */
  tree: string;
  /** First parent first. */
  parents: string[];
  /** Committer date, RFC 3339 in UTC. */
  date: string;
}

/** Access for cloning a repository. The password is a secret that expires within hours. */
export interface CloneAccess {
  /** https, without credentials. */
  url: string;
  username: string;
  password: string;
}

/** Access for cloning a public repository. */
export type PublicCloneAccess = Pick<CloneAccess, "url">;

/** A commit that should be checked. */
export interface WantedCheck {
  sha: string;
  /** Whether the check of that commit seems to have been reported; `Forge.hasVerdict` decides. */
  hasVerdict: boolean;
  /** Start of the check that is in progress, RFC 3339; missing if there is none. */
  startedAt?: string;
}

/** An open pull request, with its newest commit. */
export interface OpenPull extends WantedCheck {
  number: number;
}

/** A snapshot of a branch. */
export interface Overview {
  /** Its newest commit. */
  tip: string;
  /** Open pull requests into it. */
  pulls: OpenPull[];
  /** Commits that a merge queue wants to merge into it; missing if there are none, or the forge has no merge queues. */
  mergeGroups?: WantedCheck[];
}

/** A commit has at most one report per name: on its check, and on its publication. */
export type ReportName = "Factpress" | "Factpress publish";

/** The result of checking or publishing a commit, for people to read. */
export interface Verdict {
  /** `in-progress` is not a verdict yet; a verdict replaces it. */
  conclusion: "success" | "failure" | "neutral" | "in-progress";
  title: string;
  /** Markdown. */
  summary: string;
  /** With paths from the root of the repository. */
  problems: readonly Problem[];
  /** All problems, listed or not. */
  problemCount: number;
  /** Warnings, with paths like those of problems. */
  warnings?: readonly Problem[];
  /** Where readers find more. */
  url?: string;
}

/** A repository on the service that hosts it. Every call may throw `ForgeError`. */
export interface Forge {
  /** Address of the repository for people. */
  readonly webUrl: string;
  /** Addresses of its pages. @default DEFAULT_LINKS */
  readonly links?: RepositoryLinks;
  /** How a person re-runs a check; ends a sentence: 'Choose "Re-run" above'. */
  readonly retryHint: string;
  /** For a program that reads the repository with git. */
  cloneAccess(): Promise<CloneAccess>;
  /** Whether everybody may read the repository. */
  isPublic(): Promise<boolean>;
  /** Starts a unit of work, which resets the limits on fetching. */
  startWork(): void;

  /** Requests that the forge still allows this hour; undefined if unknown. */
  requestsLeft(): number | undefined;

  defaultBranch(): Promise<string>;
  /** The newest commit of a branch. */
  tip(branch: string): Promise<string>;
  commit(sha: string): Promise<CommitFacts>;
  /** The newest common ancestor of two commits or branches; undefined if there is none. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  /** Id of the folder at a path below another folder; null if there is none. */
  folderId(root: string, path: string): Promise<string | null>;
  /** Ids of the folders in a folder by name, without hidden folders. */
  folderIds(root: string, path: string): Promise<ReadonlyMap<string, string>>;
  /** The files of a folder. Reading throws `UnreadableSourceError` if they exceed the limits, or must not be in a dataset. */
  source(folderId: string, limits: FetchLimits, folder?: CommitFolder): Source;
  /** First-parent history of a branch, for one folder. `time`: for fetching its files. */
  history(branch: string, folder: string, limits: FetchLimits, time?: Pick<CommitFolder, "secondsLeft">): History;

  /** Undefined if unknown. */
  mergeMethods(): Promise<MergeMethods | undefined>;
  /** Whether the pull request is open and this is its newest commit. */
  isCurrent(pull: number, sha: string): Promise<boolean>;
  /** Whether a commit is the newest of an open pull request from one branch of the repository into another. */
  hasOpenPull(from: string, into: string, sha: string): Promise<boolean>;
  /** Whether a commit is the newest of any branch of the repository, including merge queues. */
  isBranchTip(sha: string): Promise<boolean>;
  /** Uses as few requests as the forge allows. If the repository or the branch was renamed, the error says so. */
  overview(branch: string): Promise<Overview>;

  /** Whether the check of a commit has been reported, and not as in progress. */
  hasVerdict(sha: string): Promise<boolean>;
  /** Reporting the same verdict again changes nothing, unless `again`: a new run was requested. */
  report(sha: string, name: ReportName, verdict: Verdict, again?: boolean): Promise<void>;
  /** Creates or updates the single comment on a pull request. */
  comment(pull: number, markdown: string): Promise<void>;
}

/** The part of a repository that a check reads, on a forge or in a clone. */
export type CommitReader = Pick<Forge, "commit" | "mergeBase" | "folderId" | "folderIds" | "source" | "mergeMethods">;

/** The event of a webhook. It is only a hint: the state is read from the forge. */
export type ForgeEvent =
  | { kind: "push"; branch: string; sha: string }
  /** A pull request into `branch` has a new commit, or is new. */
  | { kind: "pull"; branch: string; sha: string; pull?: number }
  /** A merge queue wants a commit checked before it merges it into `branch`. */
  | { kind: "merge-group"; branch: string; sha: string }
  /** A new run of a report was requested; `name` and `branch` if the forge specifies them. */
  | { kind: "rerun"; sha: string; name?: string; branch?: string; pull?: number }
  | { kind: "other"; reason: string };

/** Header names in lower case. */
export type WebhookHeaders = Readonly<Record<string, string | undefined>>;

/** Reads a forge's webhooks. */
export interface Webhook {
  /** Id and type of a delivery, safe to log before it is verified; otherwise the problem with the headers. */
  identify(headers: WebhookHeaders): { delivery: string; type: string } | { problem: string };
  /**
   * Whether the bytes are signed with the shared secret. `wrong`: they have a well-formed signature, by another secret or over other bytes.
   * `missing`: they have none.
   */
  signature(headers: WebhookHeaders, body: Uint8Array, secret: string): "valid" | "wrong" | "missing";
  /** Full name of the repository that a payload is about. */
  repositoryOf(payload: unknown): string | undefined;
  eventOf(type: string, payload: unknown): ForgeEvent;
}

export interface ForgeSettings {
  /** Full name, such as `owner/name`. */
  repository: string;
  /** Address of the forge's API. */
  apiUrl: string;
  /** Text of the secret, in the adapter's own form. */
  credentials: string;
  /** Maximum requests for files in one unit of work (`startWork`). */
  maxRequests?: number;
  /** Requests per hour kept in reserve: when the forge allows no more, fetching files fails as if rate-limited. */
  reservedRequests?: number;
  /** A folder for files that are fetched before they are read. It may be emptied at any time. @default none: files are fetched when they are read */
  folder?: string;
  /** Logs a warning. */
  log?(line: string, fields: object): void;
}

/** Facts about a forge for a deployment. The texts are for the people who set it up. */
export interface ForgeDeployment {
  /** Default address of the API. */
  apiUrl: string;
  /** The account that the functions use, such as "the GitHub App". */
  account: string;
  /** The secret that `credentials` are read from: its content and origin. */
  credentials: string;
}

/** The export of a forge's adapter; `lib/adapters/forge-adapter.ts` lists the adapters. */
export interface ForgeAdapter {
  webhook: Webhook;
  deployment: ForgeDeployment;
  /** Address by which git clones a repository, without credentials. */
  cloneUrl(settings: Pick<ForgeSettings, "repository" | "apiUrl">): string;
  open(settings: ForgeSettings): Promise<Forge>;
}
