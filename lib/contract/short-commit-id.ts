/** The start of a commit id, as people read it; git finds the commit by it. */
export const shortCommitId = (commit: string): string => commit.slice(0, 10);
