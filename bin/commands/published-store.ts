import { existsSync } from "node:fs";
import { join } from "node:path";
import { catalogueObjectKey } from "../../lib/contract/catalogue-object-key.ts";
import { HEAD_OBJECT_KEY } from "../../lib/contract/head-object-key.ts";
import { PRIVATE_FOLDER } from "../../lib/contract/private-folder.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { NAMES } from "../../lib/render/published-dataset-names.ts";
import { openStoreReader } from "../open-store-reader.ts";
import { UsageError } from "../usage-error.ts";

/** The store that a command compares with, opened once. */
export interface PublishedStore {
  /** As given on the command line. */
  address: string;
  reader: Pick<Store, "get" | "read">;
}

/** Objects of which every store has at least one after the first publish. Over HTTP, only the last can be read. */
const OF_ANY_STORE = [NAMES, HEAD_OBJECT_KEY, "pages/verify/index.html"];

async function isStore({ address, reader }: PublishedStore, datasets: readonly { name: string }[]): Promise<boolean> {
  if (existsSync(join(address, PRIVATE_FOLDER))) return true;
  for (const key of [...datasets.map(({ name }) => catalogueObjectKey(name)), ...OF_ANY_STORE]) if (await reader.get(key)) return true;
  return false;
}

/** Opens a store to compare with. Throws `UsageError` if nothing was published there, because the address is probably wrong. */
export async function openPublishedStore(address: string, datasets: readonly { name: string }[]): Promise<PublishedStore> {
  const opened = { address, reader: await openStoreReader(address) };
  if (!(await isStore(opened, datasets)))
    throw new UsageError(
      `${address} is not a store, or nothing was published to it: there is no releases.json, no signed head and no page /verify/. Correct the address, or check without --against until the first publish.`,
    );
  return opened;
}
