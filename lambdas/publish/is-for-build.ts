import { HistoryTooLongError } from "../../lib/ports/history-too-long-error.ts";
import { hasLargeBuilds } from "../has-large-builds.ts";
import { SourceTooLargeError } from "../source-too-large-error.ts";

/** Whether a build can publish what a function could not. */
export const isForBuild = (error: Error): boolean =>
  hasLargeBuilds() && (error instanceof SourceTooLargeError || error instanceof HistoryTooLongError);
