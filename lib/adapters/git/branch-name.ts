/** Short name of a branch: `main`, `origin/main`. */
export const branchName = (ref: string): string => ref.replace(/^refs\/(heads|remotes)\//, "");
