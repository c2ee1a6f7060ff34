import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { MANIFEST_FILE } from "../contract/release-files.ts";
import type { Body, Store } from "../ports/ports.ts";
import { readWhole } from "../ports/read-whole.ts";
import { sha256 } from "../ports/sha256.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import type { ReplayedFiles } from "./replayed-files.ts";

export interface ReplayStore extends Store {
  /** The catalogue after publishing. */
  catalogue(): Catalogue;
  /** Hash and size of every file that would have been written, by key. */
  readonly put: ReadonlyMap<string, Pick<Body, "sha256" | "bytes">>;
  /** Other small files that would have been written. */
  readonly written: ReadonlyMap<string, Uint8Array>;
}

/**
 * A store that records writes instead of making them. It starts with a catalogue and reads the files of its releases from the real store.
 * `isClaimed`: whether another publisher has claimed a version.
 */
export function replayStore(
  real: Pick<Store, "get" | "read">,
  start: Catalogue,
  kept: readonly ReplayedFiles[],
  isClaimed: (version: string) => boolean,
): ReplayStore {
  const key = catalogueObjectKey(start.dataset);
  const put = new Map<string, Pick<Body, "sha256" | "bytes">>();
  const written = new Map<string, Uint8Array>([[key, Buffer.from(catalogueText(start))]]);
  const earlier = new Set(start.releases.map(({ version }) => version));
  const isEarlier = (name: string): boolean => name === "pages/site.json" || earlier.has(name.split("/")[1] ?? "");
  const etag = (bytes: Uint8Array): string => sha256(bytes);
  const keptFile = (name: string): AsyncIterable<Uint8Array> | undefined =>
    kept.map((files) => files.read(name)).find((chunks) => chunks !== undefined);
  return {
    put,
    written,
    catalogue: () => parseCatalogue(written.get(key) as Uint8Array),
    async get(name) {
      const bytes = written.get(name);
      if (bytes) return { bytes, etag: etag(bytes) };
      if (!isEarlier(name)) return undefined;
      const chunks = keptFile(name);
      if (!chunks) return real.get(name);
      const file = await readWhole(chunks);
      return { bytes: file, etag: etag(file) };
    },
    read: (name, range) => keptFile(name) ?? real.read(name, range),
    async *list() {},
    async putIfAbsent(name: string, body: Body) {
      const [, version = "", file] = name.split("/");
      if (file === MANIFEST_FILE && isClaimed(version)) return "other";
      put.set(name, { sha256: body.sha256, bytes: body.bytes });
      for (const files of kept) await files.keep(name, body);
      if (name.startsWith("pages/")) written.set(name, await readWhole(body.open()));
      return "written";
    },
    async putIfMatch(name, bytes) {
      written.set(name, bytes);
      return etag(bytes);
    },
  };
}
