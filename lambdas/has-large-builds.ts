import type { FetchLimits } from "../lib/ports/forge.ts";

/** Whether this deployment has builds. */
export const hasLargeBuilds = (): boolean => process.env["LARGE_BUILDS"] === "true";

/** Maximum of one dataset of a commit that a build publishes or checks: files as for the command line, and a file that one PutObject (5 GB) takes. */
export const BUILD_LIMITS: FetchLimits = { files: 20_000, fileBytes: 100 * 1024 * 1024, totalBytes: 4 * 1024 ** 3, depth: 7 };
