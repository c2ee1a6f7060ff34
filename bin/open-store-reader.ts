import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { directoryReader } from "../lib/adapters/folder/directory-reader.ts";
import { httpReader } from "../lib/adapters/http/http-reader.ts";
import { remoteStore } from "../lib/adapters/remote-store.ts";
import type { Store } from "../lib/ports/ports.ts";
import { storeHeaders } from "./store-headers.ts";
import { UsageError } from "./usage-error.ts";

/** Opens a store for reading: a directory, s3://bucket, or the URL of a published site. */
export async function openStoreReader(storeAddress: string): Promise<Pick<Store, "get" | "read">> {
  if (/^https?:\/\//.test(storeAddress)) return httpReader(storeAddress);
  const remote = await remoteStore(storeAddress, storeHeaders);
  if (remote) return remote.store;
  if (!existsSync(storeAddress)) throw new UsageError(`There is no store at ${storeAddress}`);
  return directoryReader(resolve(storeAddress));
}
