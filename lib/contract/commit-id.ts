/** Id of a git commit: SHA-1 or SHA-256. Untrusted ids must match before they reach git, which could take one for an option. */
export const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
