import type { Body, Store, Workspace } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";

export interface ReplayStore extends Store {
  /** The catalogue after publishing. */
  catalogue(): Catalogue;
  /** Hash and size of every file that would have been written, by key. */
  readonly put: ReadonlyMap<string, Pick<Body, "sha256" | "bytes">>;
  /** Other small files that would have been written. */
  readonly written: ReadonlyMap<string, Uint8Array>;
}

/** The files of replayed releases. Names in the workspace have no slash. */
export class ReplayedFiles {
  readonly #workspace: Workspace;
  readonly #versions: ReadonlySet<string>;
  /** Key → name in the workspace, where each name can be created only once. */
  readonly #files = new Map<string, string>();
  #created = 0;
  constructor(workspace: Workspace, versions: ReadonlySet<string>) {
    this.#workspace = workspace;
    this.#versions = versions;
  }
  /** A name without slashes; undefined for files that are not kept. */
  #name(key: string): string | undefined {
    const [, version = "", file = ""] = key.split("/");
    return this.#versions.has(version) && !key.startsWith("pages/") ? `${version}-${file}` : undefined;
  }
  async keep(key: string, body: Body): Promise<void> {
    const name = this.#name(key);
    if (name === undefined || this.#files.has(name)) return;
    this.#created += 1;
    const own = `${this.#created}-${name}`;
    const file = await this.#workspace.create(own);
    for await (const chunk of body.open()) await file.write(chunk);
    await file.close();
    this.#files.set(name, own);
  }
  /** Drops the files of a version, so that another build of it can be kept. */
  forget(version: string): void {
    for (const name of [...this.#files.keys()]) if (name.startsWith(`${version}-`)) this.#files.delete(name);
  }
  read(key: string): AsyncIterable<Uint8Array> | undefined {
    const name = this.#name(key);
    const own = name === undefined ? undefined : this.#files.get(name);
    return own === undefined ? undefined : this.#workspace.read(own);
  }
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/**
 * A store for publishing without writing: it starts with a catalogue, reads the files of its releases from the real store, and records
 * every write. `isSpent`: whether another publisher has claimed a version.
 */
export function replayStore(
  real: Pick<Store, "get" | "read">,
  start: Catalogue,
  kept: readonly ReplayedFiles[],
  isSpent: (version: string) => boolean,
): ReplayStore {
  const key = `${start.dataset}/releases.json`;
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
      const file = await whole(chunks);
      return { bytes: file, etag: etag(file) };
    },
    read: (name, range) => keptFile(name) ?? real.read(name, range),
    async *list() {},
    async putIfAbsent(name: string, body: Body) {
      const [, version = "", file] = name.split("/");
      if (file === "SHA256SUMS" && isSpent(version)) return "other";
      put.set(name, { sha256: body.sha256, bytes: body.bytes });
      for (const files of kept) await files.keep(name, body);
      if (name.startsWith("pages/")) written.set(name, await whole(body.open()));
      return "written";
    },
    async putIfMatch(name, bytes) {
      written.set(name, bytes);
      return etag(bytes);
    },
  };
}
