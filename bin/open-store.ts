import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { httpReader } from "../lib/adapters/http/http-reader.ts";
import { remoteStore, storeExamples } from "../lib/adapters/remote-store.ts";
import { cacheControl } from "../lib/edge/cache-control.ts";
import { contentType } from "../lib/edge/content-type.ts";
import type { Aliases, Store } from "../lib/ports/ports.ts";
import { placeToWrite } from "./place-to-write.ts";
import { UsageError } from "./usage-error.ts";

const headersOf = (key: string) => ({ contentType: contentType(key), cacheControl: cacheControl(key) });

/** Opens a store for writing: a directory, or a bucket with the KeyValueStore of its CDN. */
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

/** Opens a store for reading: a directory, s3://bucket, or the URL of a published one. */
export async function openStoreReader(place: string): Promise<Pick<Store, "get" | "read">> {
  if (/^https?:\/\//.test(place)) return httpReader(place);
  const remote = await remoteStore(place, headersOf);
  if (remote) return remote;
  if (!existsSync(place)) throw new UsageError(`There is no store at ${place}`);
  return directoryStore(resolve(place));
}
