/** Id of a commit in git: SHA-1 or SHA-256. */
export const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
