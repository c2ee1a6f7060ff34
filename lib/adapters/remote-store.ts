import type { HeadersOf, Store } from "../ports/ports.ts";
import { STORE_KINDS, type StoreKind } from "./store-kinds.ts";

export const remoteStoreExamples = (): string[] => Object.values(STORE_KINDS).map(({ example }) => example);

/** Opens the store at an address; undefined if no kind of store matches the address. */
export async function remoteStore(
  address: string,
  headersOf: HeadersOf,
): Promise<({ store: Store } & Pick<StoreKind, "aliases">) | undefined> {
  const [, scheme = "", location = ""] = /^([a-z0-9]+):\/\/(.*)$/s.exec(address) ?? [];
  const kind = Object.hasOwn(STORE_KINDS, scheme) ? STORE_KINDS[scheme] : undefined;
  const store = await kind?.open(location, headersOf);
  return store && { store, ...(kind?.aliases ? { aliases: kind.aliases } : {}) };
}
