import { FUNCTION_LIMITS } from "../../contract/read-limits.ts";
import { type BlobEntry, requestsForBlobs } from "./query-blobs.ts";

const MIB = 1024 * 1024;

/** With fewer requests than this, files come as fast without an archive, which GitHub has to make first. */
const MIN_REQUESTS = 20;

/** What an archive may hold of other files for each request that it saves: a request brings up to 1 MiB, and takes about as long. */
const OTHER_BYTES_A_REQUEST = 4 * MIB;

/** Maximum entries of other files and folders for each request that it saves. */
const OTHER_ENTRIES_A_REQUEST = 400;

/** Seconds for each request that it saves, and at most. */
const [SECONDS_A_REQUEST, MAX_SECONDS] = [0.5, 60];

/** An archive of at most these bytes (inflated), entries and seconds is cheaper than fetching the files without it. */
export interface ArchiveBounds {
  bytes: number;
  entries: number;
  seconds: number;
}

/** Within which bounds an archive of a commit is the cheaper way to fetch these of its files; undefined if it is not, or if they are too large to keep. */
export function planArchive(files: readonly BlobEntry[]): ArchiveBounds | undefined {
  const requests = requestsForBlobs(files);
  const bytes = files.reduce((sum, { size = 0 }) => sum + size, 0);
  if (requests < MIN_REQUESTS || bytes > FUNCTION_LIMITS.totalBytes) return undefined;
  return {
    bytes: bytes + requests * OTHER_BYTES_A_REQUEST,
    entries: files.length + requests * OTHER_ENTRIES_A_REQUEST,
    seconds: Math.min(requests * SECONDS_A_REQUEST, MAX_SECONDS),
  };
}
