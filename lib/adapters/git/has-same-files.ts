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

/** The content of a file with the line breaks that git stores if it was checked out with those of Windows. */
async function* withoutCarriageReturns(content: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held = Buffer.alloc(0);
  for await (const chunk of content) {
    const all = Buffer.concat([held, chunk]);
    const end = all.at(-1) === 0x0d ? all.length - 1 : all.length;
    held = all.subarray(end);
    yield Buffer.from(all.toString("latin1", 0, end).replaceAll("\r\n", "\n"), "latin1");
  }
  yield held;
}

/**
 * Whether a folder contains exactly the files of a tree. Reads them only if names and sizes are equal. `lineBreaks: "any"`: files that
 * differ only in the kind of their line breaks are the same.
 */
export async function hasSameFiles(
  folder: Source,
  tree: TreeSource,
  { lineBreaks = "same" }: { lineBreaks?: "same" | "any" } = {},
): Promise<boolean> {
  try {
    const entries = new Map((await tree.list()).map((entry) => [entry.path, entry]));
    const files = await folder.list();
    const mayBeSame = (bytes: number, entry = 0): boolean => bytes === entry || (lineBreaks === "any" && bytes > entry);
    if (files.length !== entries.size || files.some(({ path, bytes }) => !mayBeSame(bytes, entries.get(path)?.bytes))) return false;
    for (const { path, bytes } of files) {
      const entry = entries.get(path);
      if (!entry) return false;
      const content = folder.read(path);
      if (!(await isBlob(entry, bytes === entry.bytes ? content : withoutCarriageReturns(content)))) return false;
    }
    return true;
  } catch (error) {
    // A link, or too many files: opening the dataset reports the problem.
    if (error instanceof UnreadableSourceError) return false;
    throw error;
  }
}
