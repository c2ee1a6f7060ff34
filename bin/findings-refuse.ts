import type { Published } from "../lib/publish/publish-job.ts";

/** Whether the branch was refused, or blocked. */
export const findingsRefuse = ({ refused, blocked }: Pick<Published, "refused" | "blocked">): boolean =>
  refused !== undefined || blocked !== undefined;
