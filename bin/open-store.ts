import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { remoteStore, remoteStoreExamples } from "../lib/adapters/remote-store.ts";
import type { Aliases, Store } from "../lib/ports/ports.ts";
import { outputFolder } from "./output-folder.ts";
import { storeHeaders } from "./store-headers.ts";
import { UsageError } from "./usage-error.ts";

/** Opens a store for writing: a directory, or a bucket with the KeyValueStore of its CDN. */
export async function openStore(storeAddress: string, aliasesArn?: string): Promise<{ store: Store; aliases: Aliases }> {
  const remote = await remoteStore(storeAddress, storeHeaders);
  if (remote) {
    if (!aliasesArn) throw new UsageError(`${storeAddress} needs --aliases: the ARN of the KeyValueStore that its CDN reads`);
    const { keyValueStoreAliases } = await import("../lib/adapters/aws/key-value-store-aliases.ts");
    return { store: remote, aliases: keyValueStoreAliases(aliasesArn) };
  }
  if (/^[a-z0-9]+:\/\//.test(storeAddress))
    throw new UsageError(`${storeAddress} is not a writable store: name a directory, or ${remoteStoreExamples.join(", ")}`);
  const store = directoryStore(await outputFolder(storeAddress));
  return { store, aliases: fileAliases(store) };
}
