import { describesDataset } from "../../check/describes-dataset.ts";
import type { CommitFolder, FetchLimits } from "../../ports/forge.ts";
import type { Source } from "../../ports/ports.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { checkSourceName } from "../folder/check-source-name.ts";
import type { GitHubObjects, GitHubTreeEntry } from "./github-objects.ts";

const MAX_NAME_BYTES = 200;

/** Throws `UnreadableSourceError` for an entry that is not allowed in a dataset. */
function checkEntry({ path, mode, type, size }: GitHubTreeEntry, { fileBytes }: FetchLimits): void {
  checkSourceName(path);
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (Buffer.byteLength(name) > MAX_NAME_BYTES)
    throw new UnreadableSourceError(`${name.slice(0, 40)}…: the name is too long (maximum ${MAX_NAME_BYTES} bytes)`);
  if (type === "tree") return;
  if (mode !== "100644" && mode !== "100755")
    throw new UnreadableSourceError(`${path} is not a regular file (mode ${mode}: a link or a submodule)`, path);
  if ((size ?? 0) > fileBytes) throw new UnreadableSourceError(`${path} is too large: ${size} bytes (maximum ${fileBytes})`);
}

/** The files below a folder, with their paths in it. */
async function filesBelow(objects: GitHubObjects, folderId: string, limits: FetchLimits): Promise<GitHubTreeEntry[]> {
  const files: GitHubTreeEntry[] = [];
  let entries = 0;
  // Folders count as well: equal folders are fetched once, but may be nested in each other exponentially.
  const count = (): void => {
    entries += 1;
    if (entries > limits.files * 2) throw new UnreadableSourceError(`The dataset has more than ${limits.files * 2} files and folders`);
  };
  const add = (file: GitHubTreeEntry): void => {
    files.push(file);
    if (files.length > limits.files) throw new UnreadableSourceError(`The dataset has more than ${limits.files} files`);
  };
  const visit = async (id: string, prefix: string, depth: number): Promise<void> => {
    if (depth > limits.depth) throw new UnreadableSourceError(`${prefix} is nested deeper than ${limits.depth} folders`);
    const entries = await objects.tree(id);
    await objects.listBelow(id, entries);
    for (const entry of entries) {
      count();
      if (entry.path.startsWith(".")) continue;
      const file = { ...entry, path: prefix + entry.path };
      checkEntry(file, limits);
      if (file.type === "tree") await visit(file.sha, `${file.path}/`, depth + 1);
      else add(file);
    }
  };
  await visit(folderId, "", 0);
  const total = files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  if (total > limits.totalBytes) throw new UnreadableSourceError(`The dataset is too large: ${total} bytes (maximum ${limits.totalBytes})`);
  return files;
}

/** The files of a folder. Each is fetched when it is read. With a folder, reading the first file with records may fetch all of them. */
export function folderIdSource(objects: GitHubObjects, folderId: string, limits: FetchLimits, folder?: CommitFolder): Source {
  let listed: Promise<GitHubTreeEntry[]> | undefined;
  const list = (): Promise<GitHubTreeEntry[]> => {
    listed ??= filesBelow(objects, folderId, limits);
    return listed;
  };
  return {
    list: async () => (await list()).map(({ path, size }) => ({ path, bytes: size ?? 0 })),
    async *read(path) {
      const files = await list();
      const at = files.findIndex((file) => file.path === path);
      const entry = files[at];
      if (!entry) throw new Error(`${path} is not in the tree ${folderId}`);
      // A dataset may be refused because of its schema or metadata, before its records are read.
      if (folder && !describesDataset(path) && !objects.hasBlob(entry)) await objects.fetchArchive(folder, files);
      // Files are mostly read in order.
      if (!objects.hasBlob(entry)) await objects.prefetch(files.slice(at));
      yield await objects.blob(entry, limits.fileBytes);
    },
  };
}
