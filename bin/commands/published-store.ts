import type { Store } from "../../lib/ports/ports.ts";
import { openStoreReader } from "../open-store-reader.ts";

/** The store that a command compares with, opened once. */
export interface PublishedStore {
  /** As given on the command line. */
  address: string;
  reader: Pick<Store, "get" | "read">;
}

export const openPublishedStore = async (address: string): Promise<PublishedStore> => ({ address, reader: await openStoreReader(address) });
