import { HistoryTooLongError } from "../../lib/ports/history-too-long-error.ts";
import { hasLargeBuilds } from "../has-large-builds.ts";
import { SourceTooLargeError } from "../source-too-large-error.ts";

/** Whether a build can publish a dataset on which the function failed. */
export const isForBuild = (error: Error): boolean =>
  hasLargeBuilds() && (error instanceof SourceTooLargeError || error instanceof HistoryTooLongError);
