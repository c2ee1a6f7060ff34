/** Branches created by a merge queue (GitHub's documentation: "Managing a merge queue"). */
export const MERGE_QUEUE = "refs/heads/gh-readonly-queue/";
