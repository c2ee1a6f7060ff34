import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { directoryReader } from "../../lib/adapters/folder/directory-reader.ts";
import { directoryStore } from "../../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../../lib/adapters/folder/file-aliases.ts";
import { httpReader } from "../../lib/adapters/http/http-reader.ts";
import { remoteStore } from "../../lib/adapters/remote-store.ts";
import { ALIASES_OBJECT_KEY } from "../../lib/contract/aliases-object-key.ts";
import { CATALOGUE_FILE } from "../../lib/contract/catalogue-object-key.ts";
import { isDatasetName } from "../../lib/contract/dataset-name.ts";
import { isExactVersion } from "../../lib/contract/is-exact-version.ts";
import { PRIVATE_FOLDER } from "../../lib/contract/private-folder.ts";
import { MANIFEST_FILE } from "../../lib/contract/release-files.ts";
import type { VerifyJob } from "../../lib/verify/verify-dataset.ts";
import { storeHeaders } from "../store-headers.ts";
import { UsageError } from "../usage-error.ts";

/** A release within its store. */
interface TargetRelease {
  /** Path of its folder in the store. */
  path: string;
  /** From the path. */
  dataset?: string | undefined;
  version?: string | undefined;
}

/** What to verify: a store, one dataset of it, or one release. */
export interface VerifyTarget {
  store: VerifyJob["store"];
  aliases?: VerifyJob["aliases"];
  /** Address of the site, if it is read over HTTP. */
  url?: string;
  /** Undefined for the whole store. */
  dataset?: string;
  /** For a whole store: its folders that contain a catalogue. */
  folders?(): Promise<string[]>;
  release?: TargetRelease;
}

function targetAtUrl(address: string): VerifyTarget {
  const url = new URL(address.endsWith("/") ? address : `${address}/`);
  const parts = url.pathname.split("/").filter(Boolean);
  const last = parts.at(-1);
  if (last === undefined) return { store: httpReader(url.href), url: url.href.replace(/\/$/, "") };
  const isRelease = isExactVersion(last);
  const root = new URL(isRelease ? "../../" : "../", url).href;
  const dataset = isRelease ? parts.at(-2) : last;
  if (dataset === undefined) throw new UsageError(`Name a dataset before the version: ${new URL("..", url).href}NAME/${last}/`);
  const at = { store: httpReader(root), url: root.replace(/\/$/, "") };
  return isRelease ? { ...at, release: { path: `${dataset}/${last}`, dataset, version: last } } : { ...at, dataset };
}

/** The release in a folder, by the folder's path: `rivers/1.0.0` in a store, or a copy called `rivers-1.0.0`. */
function releaseAt(folder: string): TargetRelease {
  const name = basename(folder);
  const parent = dirname(folder);
  const path = name;
  if (!isExactVersion(name)) {
    const [, dataset, version] = /^([a-z0-9-]+)-(\d+\.\d+\.\d+)$/.exec(name) ?? [];
    return { path, dataset, version };
  }
  const isInStore = [join(parent, CATALOGUE_FILE), join(parent, "..", PRIVATE_FOLDER), join(parent, "../.well-known")].some(existsSync);
  return { path, version: name, dataset: isInStore ? basename(parent) : undefined };
}

async function catalogueFolders(root: string): Promise<string[]> {
  const entries = await readdir(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && isDatasetName(entry.name) && existsSync(join(root, entry.name, CATALOGUE_FILE)))
    .map(({ name }) => name);
}

function remoteTarget(store: VerifyTarget["store"], aliases: VerifyTarget["aliases"]): VerifyTarget {
  const folders = async (): Promise<string[]> => {
    const names: string[] = [];
    for await (const { key } of store.list?.("") ?? []) {
      const [name = "", file, ...rest] = key.split("/");
      if (isDatasetName(name) && file === CATALOGUE_FILE && rest.length === 0) names.push(name);
    }
    return names;
  };
  return { store, folders, ...(aliases ? { aliases } : {}) };
}

/** The aliases that a store keeps in one of its objects. Copies may lack them. */
async function ownAliases({ store, aliases }: Awaited<ReturnType<typeof remoteStore>> & object): Promise<VerifyTarget["aliases"]> {
  return aliases === undefined && (await store.get(ALIASES_OBJECT_KEY)) ? fileAliases(store) : undefined;
}

export async function findVerifyTarget(address: string): Promise<VerifyTarget> {
  if (/^https?:\/\//.test(address)) return targetAtUrl(address);
  const remote = await remoteStore(address, storeHeaders);
  if (remote) return remoteTarget(remote.store, await ownAliases(remote));
  const folder = resolve(address);
  if (!existsSync(folder)) throw new UsageError(`There is nothing at ${address}`);
  const store = (root: string): Pick<VerifyTarget, "store" | "aliases"> => ({
    store: directoryReader(root),
    ...(existsSync(join(root, ALIASES_OBJECT_KEY)) ? { aliases: fileAliases(directoryStore(root)) } : {}),
  });
  if (existsSync(join(folder, MANIFEST_FILE))) return { ...store(dirname(folder)), release: releaseAt(folder) };
  if (existsSync(join(folder, CATALOGUE_FILE))) return { ...store(dirname(folder)), dataset: basename(folder) };
  if (!existsSync(join(folder, PRIVATE_FOLDER)))
    throw new UsageError(
      `${address} is not a store, a dataset of one, or a release: it contains neither ${PRIVATE_FOLDER}, nor releases.json, nor SHA256SUMS`,
    );
  return { ...store(folder), folders: async () => catalogueFolders(folder) };
}
