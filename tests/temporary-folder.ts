import { accessSync, constants, readFileSync, statfsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "../lib/adapters/folder/has-error-code.ts";
import { hasProcessTag, processTag } from "../lib/adapters/folder/process-tag.ts";
import { removeLeftovers } from "../lib/adapters/folder/remove-leftovers.ts";

const MEMORY = "/dev/shm";
/** The type that statfs returns for a file system in memory. */
const TMPFS = 0x01021994;
/** `npm test` takes less than a tenth of it at once. */
const FREE_BYTES = 4 * 1024 ** 3;
/** Short, because the address of a socket has to be short. */
const PREFIX = "fp-tests-";

/** Whether Linux has a file system in memory with enough room, where programs may be started: tests write hooks and shims. */
function hasRoomInMemory(): boolean {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    const { type, bavail, bsize } = statfsSync(MEMORY);
    const [, options = "noexec"] = new RegExp(`^\\S+ ${MEMORY} \\S+ (\\S+)`, "m").exec(readFileSync("/proc/mounts", "utf8")) ?? [];
    return type === TMPFS && bavail * bsize >= FREE_BYTES && !options.split(",").includes("noexec");
  } catch (error) {
    // Another system, or one without it.
    if (hasErrorCode(error, "ENOENT", "EACCES", "EPERM", "EROFS")) return false;
    throw error;
  }
}

/**
 * Keeps temporary files in memory if possible, unless TMPDIR names another folder: the tests make and remove tens of thousands of
 * small files, and wait for a disk each time one is flushed. Runs before all tests; returns a function that removes the folder.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env["TMPDIR"] !== undefined || !hasRoomInMemory()) return undefined;
  await removeLeftovers(MEMORY, (name) => name.startsWith(PREFIX) && hasProcessTag(name));
  const folder = await mkdtemp(join(MEMORY, `${PREFIX}${processTag()}-`));
  process.env["TMPDIR"] = folder;
  return async () => {
    delete process.env["TMPDIR"];
    await rm(folder, { recursive: true, force: true });
  };
}
