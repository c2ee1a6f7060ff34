import { dirname } from "node:path";
import { COMMIT_ID } from "../../contract/commit-id.ts";
import { MissingCommitError } from "../../ports/missing-commit-error.ts";
import type { Source } from "../../ports/ports.ts";
import { UnreadableSourceError } from "../../ports/unreadable-source-error.ts";
import { checkSourceDepth, checkSourceFileCount, checkSourceName } from "../folder/check-source-name.ts";
import { DamagedObjectError } from "./damaged-object-error.ts";
import { findCommit } from "./find-commit.ts";
import { DAMAGE_REMEDY, GitError } from "./git-error.ts";
import type { GitRepository } from "./git-repository.ts";
import { readFolderId } from "./read-folder-id.ts";

export interface TreeEntry {
  path: string;
  oid: string;
  bytes: number;
}

/** The files of a tree, with their object ids. */
export interface TreeSource extends Source {
  list(): Promise<TreeEntry[]>;
}

/** Throws if an object is missing or corrupt: git then lists BAD instead of its size. */
function checkIsReadable(size: string, what: string): void {
  if (size !== "BAD") return;
  throw new DamagedObjectError(`git cannot read ${what}: it is missing, damaged or unreadable. ${DAMAGE_REMEDY}`);
}

type TreeLine = Record<"mode" | "oid" | "size" | "path", string>;

/** A line of `git ls-tree -l`. */
function parseLine(line: string): TreeLine {
  const [, mode, oid, size, path] = /^(\d+) \w+ ([0-9a-f]+) +(\d+|-|BAD)\t(.*)$/s.exec(line) ?? [];
  if (!mode || !oid || !size || !path) throw new DamagedObjectError(`git ls-tree printed an unknown line: ${JSON.stringify(line)}`);
  return { mode, oid, size, path };
}

/** The lines of all files in a tree or a commit, or in folders of it. */
async function listTree({ readObjects }: GitRepository, tree: string, folders: readonly string[] = []): Promise<TreeLine[]> {
  const paths = folders.length > 0 ? ["--", ...folders] : [];
  return (await readObjects("ls-tree", "-r", "-z", "-l", "--full-tree", tree, ...paths)).split("\0").filter(Boolean).map(parseLine);
}

/** The files of a folder by path, within the limits of a folder on disk. Throws `DamagedObjectError`. */
function treeEntries(lines: readonly TreeLine[], folder: string): Map<string, TreeEntry> {
  const entries = lines.flatMap(({ mode, oid, size, path }): TreeEntry[] => {
    if (path.split("/").some((part) => part.startsWith("."))) return [];
    checkSourceName(path);
    checkSourceDepth(dirname(path));
    checkIsReadable(size, `${folder === "" ? "" : `${folder}/`}${path} (object ${oid})`);
    if (mode !== "100644" && mode !== "100755")
      throw new UnreadableSourceError(`${path} is not a regular file in this commit (mode ${mode}: a link or a submodule)`, path);
    return [{ path, oid, bytes: Number(size) }];
  });
  checkSourceFileCount(entries, folder);
  return new Map(entries.map((entry) => [entry.path, entry]));
}

/** Throws `MissingCommitError` if there is no such commit or folder, and `GitError`. */
async function treeOf(repository: GitRepository, commit: string, folder: string): Promise<string> {
  const what = `${commit}:${folder} is not in this repository`;
  const tree = await readFolderId(repository, `${commit}^{commit}`, folder).catch(async (error: unknown) => {
    if (!(error instanceof GitError) || (await findCommit(repository, commit)) !== undefined) throw error;
    throw new MissingCommitError(`${what}; in a shallow clone, git fetch --unshallow fetches it`, { cause: error });
  });
  if (tree === undefined) throw new MissingCommitError(`${what}: the commit has no such folder`);
  return tree;
}

/** The files of a folder in a commit, independent of the checkout. `tree`: the id of the folder's tree, if known. */
export function commitSource(repository: GitRepository, commit: string, folder: string, tree?: string): TreeSource {
  if (!COMMIT_ID.test(commit)) throw new Error(`"${commit}" is not a commit id`);
  return commitTreeSource(repository, async () => tree ?? treeOf(repository, commit, folder), { folder, name: `commit ${commit}` });
}

/** The files of several folders in a commit, none within another, which one git process lists. A folder that the commit lacks has none. */
export async function commitFolders(
  repository: GitRepository,
  commit: string,
  folders: readonly string[],
): Promise<(folder: string) => Pick<TreeSource, "list">> {
  const lines = new Map(folders.map((folder) => [folder, [] as TreeLine[]]));
  for (const line of await listTree(repository, commit, folders.filter(Boolean))) {
    const folder = lines.has("") ? "" : folders.find((one) => line.path.startsWith(`${one}/`));
    if (folder !== undefined) lines.get(folder)?.push({ ...line, path: line.path.slice(folder === "" ? 0 : folder.length + 1) });
  }
  return (folder) => ({ list: async () => [...treeEntries(lines.get(folder) ?? [], folder).values()] });
}

/** The files below a tree. `folder`: its path. `name`: its commit, for messages. */
export function commitTreeSource(
  repository: GitRepository,
  tree: () => Promise<string>,
  { folder, name }: Record<"folder" | "name", string>,
): TreeSource {
  let listed: Promise<Map<string, TreeEntry>> | undefined;
  const entries = (): Promise<Map<string, TreeEntry>> => {
    listed ??= tree().then(async (id) => treeEntries(await listTree(repository, id), folder));
    return listed;
  };
  return {
    list: async () => [...(await entries()).values()],
    async *read(path) {
      const entry = (await entries()).get(path);
      if (!entry) throw new Error(`${path} is not in ${name}`);
      yield* repository.blob(entry.oid);
    },
  };
}
