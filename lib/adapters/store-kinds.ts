import type { Aliases, HeadersOf, Store } from "../ports/ports.ts";

/** A kind of store, selected by the scheme of an address. */
export interface StoreKind {
  /** Shown in messages. */
  example: string;
  /** `location` is the part after `scheme://`. Returns undefined if it is not valid for this kind of store. */
  open(location: string, headersOf: HeadersOf): Promise<Store | undefined>;
  /** Aliases that are stored elsewhere; `name` says what identifies them. Default: they are an object of the store. */
  aliases?: { name: string; open(name: string): Promise<Aliases> };
}

/** Every kind of store by scheme, except directories, which have none. A client is imported only when it is used. */
export const STORE_KINDS: Readonly<Record<string, StoreKind>> = {
  s3: {
    example: "s3://bucket",
    open: async (location, headersOf) => (await import("./aws/s3-store.ts")).s3StoreAt(location, headersOf),
    aliases: {
      name: "the ARN of the KeyValueStore that its CDN reads",
      open: async (arn) => (await import("./aws/key-value-store-aliases.ts")).keyValueStoreAliases(arn),
    },
  },
};
