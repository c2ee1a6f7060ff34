import { blobId } from "./blob-id.ts";
import type { GitHub, RepositoryName } from "./github-client.ts";
import { queryRepository } from "./query-repository.ts";

/** A file entry of a tree. */
export interface BlobEntry {
  sha: string;
  size?: number;
}

const MAX_BLOBS = 100;
const MAX_BYTES = 1024 * 1024;
/** GitHub may truncate longer texts. */
const MAX_BLOB_BYTES = 500_000;

/** The first files that fit into one query. Large files are skipped. */
export function fittingBlobQuery(entries: readonly BlobEntry[]): BlobEntry[] {
  let bytes = 0;
  const small = entries.filter(({ size = MAX_BYTES }) => size <= MAX_BLOB_BYTES);
  return small.slice(0, MAX_BLOBS).filter(({ size = MAX_BYTES }) => {
    bytes += size;
    return bytes <= MAX_BYTES;
  });
}

/** Equal files are one blob. */
export const uniqueBlobs = (entries: readonly BlobEntry[]): BlobEntry[] => [
  ...new Map(entries.map((entry) => [entry.sha, entry])).values(),
];

/** About how many requests these files take, each blob once: queries for small ones, and one for each large one. */
export function requestsForBlobs(entries: readonly BlobEntry[]): number {
  const blobs = uniqueBlobs(entries);
  const small = blobs.filter(({ size = MAX_BYTES }) => size <= MAX_BLOB_BYTES);
  const bytes = small.reduce((sum, { size = 0 }) => sum + size, 0);
  return blobs.length - small.length + Math.ceil(Math.max(small.length / MAX_BLOBS, bytes / MAX_BYTES));
}

/**
 * Fetches many small files by one query. GitHub returns text: a file that is truncated or not UTF-8 does not match its id and is omitted.
 */
export async function queryBlobs(
  github: GitHub,
  repository: RepositoryName,
  entries: readonly BlobEntry[],
): Promise<Map<string, Uint8Array>> {
  const objects = entries.map(({ sha }, i) => `b${i}: object(oid: "${sha}") { ... on Blob { text } }`);
  const query = `query Blobs($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {\n${objects.join("\n")}\n} }`;
  const answer = await queryRepository<Record<string, { text?: string | null } | null>>(github, repository, query, {});
  const found = new Map<string, Uint8Array>();
  for (const [i, { sha }] of entries.entries()) {
    const text = answer[`b${i}`]?.text;
    if (typeof text !== "string") continue;
    const bytes = Buffer.from(text, "utf8");
    if (blobId(bytes) === sha) found.set(sha, bytes);
  }
  return found;
}
