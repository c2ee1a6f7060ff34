/** The short form of a commit id, which git accepts. */
export const shortCommitId = (commit: string): string => commit.slice(0, 10);
