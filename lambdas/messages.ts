/** A message to the queue `validate`. */
export interface ValidateMessage {
  sha: string;
  pull?: number;
  /** The branch that was pushed. */
  branch?: string;
  delivery: string;
  /** Somebody asked for a new run. */
  again?: boolean;
}

/** What the queue `validate` is told of a build that checked a commit. */
export interface CheckBuildEnded {
  sha: string;
  delivery: string;
  /** In CodeBuild's words; `NOT_STARTED` where it could not be started. */
  status: string;
  /** Stream of its log. */
  log?: string;
}

/** Messages to publish come one at a time: they are in one group of their queue. */
export const PUBLISH_GROUP = "publish";

/** A message to the queue `publish`. What to publish is read from the branch. */
export interface PublishMessage {
  sha: string;
  delivery: string;
}

/** What the schedule sends. */
export interface Tick {
  tick: true;
  /** Publish although nothing seems to have changed. */
  force?: boolean;
}

/** What the end of a build sends. */
export interface BuildEnded {
  buildEnded: BuildStatus;
}

/** How a build ended, in CodeBuild's words. */
export type BuildStatus = "SUCCEEDED" | "FAILED" | "FAULT" | "TIMED_OUT" | "STOPPED";
