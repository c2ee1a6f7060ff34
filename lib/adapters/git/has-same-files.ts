import { createHash } from "node:crypto";
import type { Source } from "../../ports/ports.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import type { TreeEntry, TreeSource } from "./commit-source.ts";

/** Whether a file is the blob of an entry. A blob's id is the hash of a header and the content. */
async function isBlob({ oid, bytes }: TreeEntry, content: AsyncIterable<Uint8Array>): Promise<boolean> {
  const hash = createHash(oid.length === 40 ? "sha1" : "sha256").update(`blob ${bytes}\0`);
  for await (const chunk of content) hash.update(chunk);
  return hash.digest("hex") === oid;
}

/** Whether a folder contains exactly the files of a tree. Reads them only if names and sizes are equal. */
export async function hasSameFiles(folder: Source, tree: TreeSource): Promise<boolean> {
  try {
    const entries = new Map((await tree.list()).map((entry) => [entry.path, entry]));
    const files = await folder.list();
    if (files.length !== entries.size || files.some(({ path, bytes }) => entries.get(path)?.bytes !== bytes)) return false;
    for (const { path } of files) if (!(await isBlob(entries.get(path) as TreeEntry, folder.read(path)))) return false;
    return true;
  } catch (error) {
    // A link, or too many files: opening the dataset reports the problem.
    if (error instanceof UnreadableSourceError) return false;
    throw error;
  }
}
