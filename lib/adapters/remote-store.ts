import type { HeadersOf, Store } from "../ports/ports.ts";

/** A kind of store that an address with a scheme names. */
interface StoreKind {
  /** Shown in messages. */
  example: string;
  /** `location` is what follows `scheme://`; undefined if it is not one of this kind. */
  open(location: string, headersOf: HeadersOf): Promise<Store | undefined>;
}

/** Every kind of store by its scheme, apart from directories, which have none. A client is loaded only when it is used. */
const STORES: Readonly<Record<string, StoreKind>> = {
  s3: { example: "s3://bucket", open: async (location, headersOf) => (await import("./aws/s3-store.ts")).s3StoreAt(location, headersOf) },
};

export const remoteStoreExamples = Object.values(STORES).map(({ example }) => example);

/** The store at an address; undefined if no kind of store has such addresses. */
export async function remoteStore(address: string, headersOf: HeadersOf): Promise<Store | undefined> {
  const [, scheme = "", location = ""] = /^([a-z0-9]+):\/\/(.*)$/s.exec(address) ?? [];
  return Object.hasOwn(STORES, scheme) ? STORES[scheme]?.open(location, headersOf) : undefined;
}
