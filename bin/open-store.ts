import { directoryStore } from "../lib/adapters/folder/directory-store.ts";
import { fileAliases } from "../lib/adapters/folder/file-aliases.ts";
import { remoteStore, remoteStoreExamples } from "../lib/adapters/remote-store.ts";
import type { Aliases, Store } from "../lib/ports/ports.ts";
import { outputFolder } from "./output-folder.ts";
import { storeHeaders } from "./store-headers.ts";
import { UsageError } from "./usage-error.ts";

/** Opens a store for writing, and its aliases. `aliasesName`: identifies aliases that are stored elsewhere, such as an ARN. */
export async function openStore(storeAddress: string, aliasesName?: string): Promise<{ store: Store; aliases: Aliases }> {
  const remote = await remoteStore(storeAddress, storeHeaders);
  if (remote) {
    const { store, aliases } = remote;
    if (!aliases) return { store, aliases: fileAliases(store) };
    if (!aliasesName) throw new UsageError(`${storeAddress} needs --aliases: ${aliases.name}`);
    return { store, aliases: await aliases.open(aliasesName) };
  }
  if (/^[a-z0-9]+:\/\//.test(storeAddress))
    throw new UsageError(`${storeAddress} is not a writable store: name a directory, or ${remoteStoreExamples().join(", ")}`);
  const store = directoryStore(await outputFolder(storeAddress));
  return { store, aliases: fileAliases(store) };
}
