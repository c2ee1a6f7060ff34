import type { HeadersOf, Store } from "../ports/ports.ts";

/** A kind of store, selected by the scheme of an address. */
interface StoreKind {
  /** Shown in messages. */
  example: string;
  /** `location` is the part after `scheme://`. Returns undefined if it is not valid for this kind of store. */
  open(location: string, headersOf: HeadersOf): Promise<Store | undefined>;
}

/** Every kind of store by scheme, except directories, which have none. A client is imported only when it is used. */
const STORES: Readonly<Record<string, StoreKind>> = {
  s3: { example: "s3://bucket", open: async (location, headersOf) => (await import("./aws/s3-store.ts")).s3StoreAt(location, headersOf) },
};

export const remoteStoreExamples = Object.values(STORES).map(({ example }) => example);

/** Opens the store at an address; undefined if no kind of store matches the address. */
export async function remoteStore(address: string, headersOf: HeadersOf): Promise<Store | undefined> {
  const [, scheme = "", location = ""] = /^([a-z0-9]+):\/\/(.*)$/s.exec(address) ?? [];
  return Object.hasOwn(STORES, scheme) ? STORES[scheme]?.open(location, headersOf) : undefined;
}
