/** Id of a commit in git: SHA-1 or SHA-256. A name from a catalogue or a hook may be anything, even an option of git. */
export const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
