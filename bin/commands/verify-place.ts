import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileAliases } from "../../lib/adapters/folder/aliases-file.ts";
import { directoryStore } from "../../lib/adapters/folder/store-directory.ts";
import { httpReader } from "../../lib/adapters/http/store-http.ts";
import type { VerifyJob } from "../../lib/verify/verify-dataset.ts";
import { UsageError } from "../datasets.ts";
import { openReader } from "../places.ts";

/** One release, seen from its store. */
interface AskedRelease {
  /** Path of its folder in the store. */
  path: string;
  /** What the place says that it is. */
  dataset?: string | undefined;
  version?: string | undefined;
}

/** What is to be verified: a whole store, one dataset of it, or one release. */
export interface Asked {
  store: VerifyJob["store"];
  aliases?: VerifyJob["aliases"];
  /** Address of the site, where it is read over HTTP. */
  url?: string;
  /** Undefined: all of the store. */
  dataset?: string;
  release?: AskedRelease;
}

const VERSION = /^\d+\.\d+\.\d+$/;

function askedAtUrl(place: string): Asked {
  const url = new URL(place.endsWith("/") ? place : `${place}/`);
  const parts = url.pathname.split("/").filter(Boolean);
  const last = parts.at(-1);
  if (last === undefined) throw new UsageError(`Name a dataset: ${url.href}NAME/`);
  const isRelease = VERSION.test(last);
  const root = new URL(isRelease ? "../../" : "../", url).href;
  const dataset = isRelease ? parts.at(-2) : last;
  if (dataset === undefined) throw new UsageError(`Name a dataset before the version: ${new URL("..", url).href}NAME/${last}/`);
  const at = { store: httpReader(root), url: root.replace(/\/$/, "") };
  return isRelease ? { ...at, release: { path: `${dataset}/${last}`, dataset, version: last } } : { ...at, dataset };
}

/** What the path of a release's folder says: `rivers/1.0.0` in a store, or a copy that is called `rivers-1.0.0`. */
function askedRelease(folder: string): AskedRelease {
  const name = basename(folder);
  const parent = dirname(folder);
  const path = name;
  if (!VERSION.test(name)) {
    const [, dataset, version] = /^([a-z0-9-]+)-(\d+\.\d+\.\d+)$/.exec(name) ?? [];
    return { path, dataset, version };
  }
  const isInStore = [join(parent, "releases.json"), join(parent, "../.factpress"), join(parent, "../.well-known")].some(existsSync);
  return { path, version: name, dataset: isInStore ? basename(parent) : undefined };
}

export async function askedAt(place: string): Promise<Asked> {
  if (/^https?:\/\//.test(place)) return askedAtUrl(place);
  if (place.startsWith("s3://")) return { store: await openReader(place) };
  const folder = resolve(place);
  if (!existsSync(folder)) throw new UsageError(`There is nothing at ${place}`);
  const store = (root: string): Pick<Asked, "store" | "aliases"> => ({
    store: directoryStore(root),
    ...(existsSync(join(root, ".factpress/aliases.json")) ? { aliases: fileAliases(directoryStore(root)) } : {}),
  });
  if (existsSync(join(folder, "SHA256SUMS"))) return { ...store(dirname(folder)), release: askedRelease(folder) };
  if (existsSync(join(folder, "releases.json"))) return { ...store(dirname(folder)), dataset: basename(folder) };
  if (!existsSync(join(folder, ".factpress")))
    throw new UsageError(
      `${place} is not a store, a dataset of one, or a release: it holds neither .factpress, nor releases.json, nor SHA256SUMS`,
    );
  return store(folder);
}
