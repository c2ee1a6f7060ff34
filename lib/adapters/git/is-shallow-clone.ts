import type { GitRepository } from "./git-repository.ts";

/** Whether a clone lacks the beginning of its history. */
export const isShallowClone = async ({ git }: GitRepository): Promise<boolean> =>
  (await git("rev-parse", "--is-shallow-repository")).trim() === "true";
