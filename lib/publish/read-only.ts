import type { Aliases, Store } from "../ports/ports.ts";
import type { Finding, Published } from "./publish-job.ts";

/** The result of publishing a branch, if it was done. */
export interface BranchVerdict extends Pick<Published, "unreleased" | "warnings" | "catalogue" | "refused" | "blocked" | "pending"> {
  /** Why the branch adds nothing. */
  stop?: Finding;
}

const refuse = (): never => {
  throw new Error("A check writes nothing");
};

/** A store that refuses writes. */
export const readOnly = (reader: Pick<Store, "get" | "read">): Store => ({
  get: (key) => reader.get(key),
  read: (key, range) => reader.read(key, range),
  list: refuse,
  putIfAbsent: refuse,
  putIfMatch: refuse,
});

export const NO_ALIASES: Aliases = { etag: refuse, get: refuse, list: refuse, update: refuse };

/** A store without any release. */
export const NOTHING_STORED = {
  get: () => Promise.resolve(undefined),
  read: (key: string): AsyncIterable<Uint8Array> => {
    throw new Error(`${key} does not exist`);
  },
};
