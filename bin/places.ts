import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { relative, resolve, sep } from "node:path";
import { workerData } from "node:worker_threads";
import { checkedUserPath, UnsafePathError } from "../lib/adapters/folder/checked-path.ts";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { folderWorkspace } from "../lib/adapters/folder/folder-workspace.ts";
import { findRepository, type GitRepository } from "../lib/adapters/git/git-repository.ts";
import { type PublishedBranch, publishedBranch } from "../lib/adapters/git/published-branch.ts";
import { httpReader } from "../lib/adapters/http/http-reader.ts";
import { remoteStore, storeExamples } from "../lib/adapters/remote-store.ts";
import { cacheControl, contentType } from "../lib/edge/cache-control.ts";
import type { Aliases, Store, Workspace } from "../lib/ports/ports.ts";
import { UsageError } from "./find-datasets.ts";

/** In a thread with limits, the folder is removed with the thread, however it ends. */
export const openTemporary = (): Promise<Workspace> =>
  folderWorkspace((workerData as { temporary?: string } | null)?.temporary ?? tmpdir());

/** A path that a command may write to: no link of a clone leads there. */
export async function placeToWrite(place: string): Promise<string> {
  try {
    return await checkedUserPath(place);
  } catch (error) {
    throw error instanceof UnsafePathError ? new UsageError(`${error.message} Nothing was written.`) : error;
  }
}

/** Runs with workspaces that are removed afterwards. */
export async function withWorkspaces<T>(count: number, use: (...workspaces: Workspace[]) => Promise<T>): Promise<T> {
  const workspaces: Workspace[] = [];
  for (let i = 0; i < count; i += 1) workspaces.push(await openTemporary());
  try {
    return await use(...workspaces);
  } finally {
    for (const workspace of workspaces) await workspace.discard();
  }
}

export interface InRepository {
  repository: GitRepository;
  /** Path of the dataset within the repository. */
  path: string;
}

/** The repository of a dataset; undefined where there is no repository around it. */
export async function repositoryOf(folder: string): Promise<InRepository | undefined> {
  const repository = await findRepository(folder);
  return repository && { repository, path: relative(repository.root, realpathSync(folder)).split(sep).join("/") };
}

/** The same with the branch that is published. Throws `UnknownBranchError`. */
export async function publishedPlace(folder: string, branch?: string): Promise<(InRepository & { branch: PublishedBranch }) | undefined> {
  const found = await repositoryOf(folder);
  if (found) return { ...found, branch: await publishedBranch(found.repository, branch) };
  if (branch !== undefined) throw new UsageError(`There is no git repository around ${folder}, so there is no branch "${branch}"`);
  return undefined;
}

const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });

/** A store to write to: a directory, or a bucket with the KeyValueStore that its CDN looks aliases up in. */
export async function openStore(place: string, aliasesArn?: string): Promise<{ store: Store; aliases: Aliases }> {
  const remote = await remoteStore(place, headersOf);
  if (remote) {
    if (!aliasesArn) throw new UsageError(`${place} needs --aliases: the ARN of the KeyValueStore that its CDN reads`);
    const { keyValueStoreAliases } = await import("../lib/adapters/aws/key-value-store-aliases.ts");
    return { store: remote, aliases: keyValueStoreAliases(aliasesArn) };
  }
  if (/^[a-z0-9]+:\/\//.test(place))
    throw new UsageError(`${place} is not a writable store: name a directory, or ${storeExamples.join(", ")}`);
  const store = directoryStore(await placeToWrite(place));
  return { store, aliases: fileAliases(store) };
}

/** A store to read: a directory, s3://bucket, or the address of a published one. */
export async function openReader(place: string): Promise<Pick<Store, "get" | "read">> {
  if (/^https?:\/\//.test(place)) return httpReader(place);
  const remote = await remoteStore(place, headersOf);
  if (remote) return remote;
  if (!existsSync(place)) throw new UsageError(`There is no store at ${place}`);
  return directoryStore(resolve(place));
}
