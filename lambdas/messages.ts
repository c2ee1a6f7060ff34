/** A message in the queue `validate`. */
export interface ValidateMessage {
  sha: string;
  pull?: number;
  /** The branch that was pushed. */
  branch?: string;
  delivery: string;
  /** A rerun was requested. */
  again?: boolean;
}

/** A message in the queue `validate` about the end of a build that checked a commit. */
export interface CheckBuildEnded {
  sha: string;
  delivery: string;
  /** CodeBuild's status; `NOT_STARTED` if the build could not be started. */
  status: string;
  /** The principal that started the build. Missing if the build did not start or AWS does not report it. */
  initiator?: string;
  /** The build's log stream. */
  log?: string;
}

/** Message group of the queue `publish`. Messages of one group are delivered one at a time. */
export const PUBLISH_GROUP = "publish";

/** A message in the queue `publish`. Pending commits are read from the branch, not from the message. */
export interface PublishMessage {
  /** A commit to report on. */
  sha?: string;
  delivery: string;
  /** The message is from the schedule, so the next tick tries again. */
  isFromTick?: true;
}

/** An event of the schedule. */
export interface Tick {
  tick: true;
  /** Publish even if nothing seems to have changed. */
  force?: boolean;
}

/** The event for the end of a build. */
export interface BuildEnded {
  buildEnded: BuildStatus;
  /** Time of the end, RFC 3339. */
  at?: string;
}

/** CodeBuild's status of a build. */
export type BuildStatus = "SUCCEEDED" | "FAILED" | "FAULT" | "TIMED_OUT" | "STOPPED";
