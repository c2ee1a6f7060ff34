export const shortCommitId = (commit: string): string => commit.slice(0, 10);
