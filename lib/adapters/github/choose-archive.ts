import { FUNCTION_LIMITS } from "../../contract/read-limits.ts";
import { type BlobEntry, requestsForBlobs, uniqueBlobs } from "./query-blobs.ts";

const MIB = 1024 * 1024;

/** With fewer requests than this, an archive is no faster, because GitHub has to create it first. */
const MIN_REQUESTS = 20;

/** Maximum bytes of other files in an archive for each request that it saves: a request returns up to 1 MiB, and takes about as long. */
const OTHER_BYTES_A_REQUEST = 4 * MIB;

/** Maximum entries of other files and folders for each request that it saves. */
const OTHER_ENTRIES_A_REQUEST = 400;

/** Seconds for each request that it saves, and the maximum. */
const [SECONDS_A_REQUEST, MAX_SECONDS] = [0.5, 60];

/** Maximum bytes (inflated), entries and seconds of an archive that is cheaper than requests for the files. */
export interface ArchiveBounds {
  bytes: number;
  entries: number;
  seconds: number;
}

export interface ArchiveChoice extends ArchiveBounds {
  /** The requests that the archive saves. */
  requests: number;
  /** Bytes to keep: those of the files, equal ones once. */
  keptBytes: number;
}

const bytesOf = (files: readonly BlobEntry[]): number => files.reduce((sum, { size = 0 }) => sum + size, 0);

/** The bounds of an archive of a commit that contains these files; undefined if requests are cheaper, or the files are too large to keep. */
export function chooseArchive(files: readonly BlobEntry[]): ArchiveChoice | undefined {
  const requests = requestsForBlobs(files);
  const keptBytes = bytesOf(uniqueBlobs(files));
  if (requests < MIN_REQUESTS || keptBytes > FUNCTION_LIMITS.totalBytes) return undefined;
  return {
    requests,
    keptBytes,
    bytes: bytesOf(files) + requests * OTHER_BYTES_A_REQUEST,
    entries: files.length + requests * OTHER_ENTRIES_A_REQUEST,
    seconds: Math.min(requests * SECONDS_A_REQUEST, MAX_SECONDS),
  };
}
