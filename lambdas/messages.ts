/** A message to the queue `validate`. */
export interface ValidateMessage {
  sha: string;
  pull?: number;
  /** The branch that was pushed. */
  branch?: string;
  delivery: string;
  /** A new run was requested. */
  again?: boolean;
}

/** Message to the queue `validate` about a build that checked a commit. */
export interface CheckBuildEnded {
  sha: string;
  delivery: string;
  /** The status of CodeBuild; `NOT_STARTED` if it could not be started. */
  status: string;
  /** Who started it; missing if nothing did, or AWS does not report it. */
  initiator?: string;
  /** Stream of its log. */
  log?: string;
}

/** Messages to publish come one at a time: they are in one group of their queue. */
export const PUBLISH_GROUP = "publish";

/** A message to the queue `publish`. What to publish is read from the branch. */
export interface PublishMessage {
  /** A commit to report on. */
  sha?: string;
  delivery: string;
  /** From the schedule: the next one tries again. */
  isFromTick?: true;
}

/** The event of the schedule. */
export interface Tick {
  tick: true;
  /** Publish even if nothing seems to have changed. */
  force?: boolean;
}

/** The event of the end of a build. */
export interface BuildEnded {
  buildEnded: BuildStatus;
  /** When it ended, RFC 3339. */
  at?: string;
}

/** The status of a build in CodeBuild. */
export type BuildStatus = "SUCCEEDED" | "FAILED" | "FAULT" | "TIMED_OUT" | "STOPPED";
