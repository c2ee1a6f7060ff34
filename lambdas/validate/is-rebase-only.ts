import type { MergeMethods } from "../../lib/ports/forge.ts";

/** Whether every commit of a pull request will be on the branch and so may become a release. */
export const isRebaseOnly = (methods: MergeMethods | undefined): boolean => methods?.rebase === true && !methods.merge && !methods.squash;
