import type { GitRepository } from "./git-repository.ts";
import { oneLine } from "./one-line.ts";

/** Whether a branch is checked out, so that the next commit extends it. */
export const isCheckedOut = async ({ ask }: GitRepository, ref: string): Promise<boolean> =>
  ref === "HEAD" || oneLine((await ask("symbolic-ref", "--quiet", "HEAD")) ?? "") === ref;
