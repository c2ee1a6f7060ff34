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

interface SameFilesOptions {
  /** `any`: files that differ only in the kind of their line breaks are the same. */
  lineBreaks?: "same" | "any";
  /** Whether a file that only one side has is no difference. */
  isExpected?(path: string, kind: "added" | "missing"): Promise<boolean>;
}

/**
 * The path of a file that differs between a folder and a tree; undefined if there is none. Reads files only if names and sizes are equal.
 * Throws `UnreadableSourceError`.
 */
export async function firstFileNotSame(
  folder: Source,
  tree: Pick<TreeSource, "list">,
  { lineBreaks = "same", isExpected = async () => false }: SameFilesOptions = {},
): Promise<string | undefined> {
  const entries = new Map((await tree.list()).map((entry) => [entry.path, entry]));
  const files = await folder.list();
  const present = new Set(files.map(({ path }) => path));
  for (const path of entries.keys()) if (!present.has(path) && !(await isExpected(path, "missing"))) return path;
  for (const { path } of files) if (!entries.has(path) && !(await isExpected(path, "added"))) return path;
  const pairs = files.flatMap((file) => {
    const entry = entries.get(file.path);
    return entry ? [{ ...file, entry }] : [];
  });
  const resized = pairs.find(({ bytes, entry }) => (lineBreaks === "any" ? bytes < entry.bytes : bytes !== entry.bytes));
  if (resized) return resized.path;
  for (const { path, bytes, entry } of pairs) {
    const content = folder.read(path);
    if (!(await isBlob(entry, bytes === entry.bytes ? content : withoutCarriageReturns(content)))) return path;
  }
  return undefined;
}

/** Whether a folder contains exactly the files of a tree. */
export async function hasSameFiles(folder: Source, tree: Pick<TreeSource, "list">): Promise<boolean> {
  try {
    return (await firstFileNotSame(folder, tree)) === undefined;
  } catch (error) {
    // A link, or too many files: opening the dataset reports the problem.
    if (error instanceof UnreadableSourceError) return false;
    throw error;
  }
}
