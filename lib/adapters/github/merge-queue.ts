/** Branches that a merge queue makes: https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue */
export const MERGE_QUEUE = "refs/heads/gh-readonly-queue/";
