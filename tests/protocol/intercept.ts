import type { Aliases, History, Store } from "../../lib/ports/ports.ts";

/** One call on git, the store or the aliases. */
export interface Call {
  name: string;
  /** Key of the object, if any. */
  key: string;
}

/** Decides what happens to a call; `perform` executes it. */
export type Hook = (call: Call, perform: () => Promise<unknown>) => Promise<unknown>;

interface Ports {
  history: History;
  store: Store;
  aliases: Aliases;
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The same ports with every call going through a hook. */
export function intercept({ history, store, aliases }: Ports, hook: Hook): Ports {
  const call = <T>(name: string, key: string, perform: () => Promise<T>): Promise<T> => hook({ name, key }, perform) as Promise<T>;
  const each = async function* <T>(name: string, key: string, perform: () => AsyncIterable<T>): AsyncGenerator<T> {
    yield* await call(name, key, () => collect(perform()));
  };
  return {
    history: {
      after: (since) => call("after", "", () => history.after(since)),
      position: (commit) => call("position", "", () => history.position(commit)),
      isTipWithin: (commits) => call("isTipWithin", "", () => history.isTipWithin(commits)),
      at: (commit) => history.at(commit),
    },
    store: {
      get: (key) => call("get", key, () => store.get(key)),
      read: (key, range) => each("read", key, () => store.read(key, range)),
      list: (prefix) => each("list", prefix, () => store.list(prefix)),
      putIfAbsent: (key, body) => call("putIfAbsent", key, () => store.putIfAbsent(key, body)),
      putIfMatch: (key, bytes, etag) => call("putIfMatch", key, () => store.putIfMatch(key, bytes, etag)),
    },
    aliases: {
      etag: () => call("aliases.etag", "", () => aliases.etag()),
      get: (key) => call("aliases.get", key, () => aliases.get(key)),
      list: (prefix) => each("aliases.list", prefix, () => aliases.list(prefix)),
      update: (changes, etag) => call("aliases.update", "", () => aliases.update(changes, etag)),
    },
  };
}

/** A process that ends here. */
export class Crash extends Error {
  override name = "Crash";
}
