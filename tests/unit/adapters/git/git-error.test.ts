import { expect, it } from "vitest";
import { GitError } from "../../../../lib/adapters/git/git-error.ts";

const NO_ACCESS = "fatal: could not read Username for 'http://127.0.0.1:1': terminal prompts disabled";
const DAMAGED = "fatal: loose object 1234 (stored in .git/objects/12/34) is corrupt";

it.each([
  ["a transfer without access", true, NO_ACCESS, `git clone failed: ${NO_ACCESS}`],
  [
    "a transfer, after a full stop",
    true,
    "fatal: Could not read from remote repository.\n",
    "git clone failed: fatal: Could not read from remote repository",
  ],
  ["what a remote says about damage", true, DAMAGED, `git clone failed: ${DAMAGED}`],
  ["what a remote says about partial clones", true, "fatal: promisor remote", "git clone failed: fatal: promisor remote"],
  [
    "damage",
    false,
    DAMAGED,
    `git clone failed: ${DAMAGED}. The repository lacks objects, or they are damaged or unreadable. Check the permissions in .git, see git fsck, then fetch or clone the repository again`,
  ],
  [
    "a missing permission",
    false,
    "fatal: failed to read object 1234: Permission denied",
    "git clone failed: fatal: failed to read object 1234: Permission denied. This user may not read the file. Correct its owner or its permissions",
  ],
])("explains %s", (_what, isTransfer, stderr, message) => {
  expect(new GitError("clone", 128, stderr, { isTransfer }).message).toBe(message);
});
