import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import type { CountedTables } from "../ports/counted-tables.ts";
import type { ReleaseFolder, Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { storedRelease } from "../ports/stored-release.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { type DatasetProjection, datasetProjections } from "./dataset-projections.ts";
import { formerPageBody } from "./former-page-body.ts";
import { PageCounts, type StoredCounts } from "./page-counts.ts";
import { parseStoredJson } from "./parse-stored-json.ts";
import { isRecordLinesObjectKey } from "./record-lines-object-key.ts";
import type { RenderedSite } from "./site.ts";
import type { Picture } from "./with-picture.ts";
import { WriteQueue } from "./write-queue.ts";

/**
 * Projection id or picture key → hash of the input, ETags of the written files, and value counts of the newest release. Without a memo,
 * everything is rendered again.
 */
type Memo = Record<string, { input: string; files: Record<string, string>; counts?: StoredCounts }>;

/** Writes the pages and the feed of a dataset that differ from the stored ones. */
export class PageWriter {
  readonly #store: Store;
  readonly #catalogue: Catalogue;
  readonly #site: RenderedSite;
  readonly #countedTables: CountedTables | undefined;
  readonly #memoKey: string;
  #memo: Memo = {};
  readonly #nextMemo: Memo = {};

  constructor(store: Store, catalogue: Catalogue, site: RenderedSite, countedTables?: CountedTables) {
    this.#store = store;
    this.#catalogue = catalogue;
    this.#site = site;
    this.#countedTables = countedTables;
    this.#memoKey = `${PRIVATE_FOLDER}/pages/${catalogue.dataset}.json`;
  }

  /** `etags`: ETags of the stored files by key. Returns false if another publisher was first. */
  async write(etags: ReadonlyMap<string, string>): Promise<boolean> {
    const memoEtag = await this.#readMemo();
    const counts = new PageCounts(this.#countedTables, Object.assign({}, ...Object.values(this.#memo).map((known) => known?.counts)));
    const openRelease = (version: string): ReleaseFolder => ({
      ...storedRelease(this.#store, `${this.#catalogue.dataset}/${version}`),
      countedTables: counts,
    });
    let isChanged = false;
    for (const { id, input, isNewest, render } of datasetProjections(openRelease, this.#catalogue, this.#site)) {
      const known = this.#memo[id];
      const hash = sha256(input);
      if (known?.input === hash && Object.entries(known.files).every(([key, etag]) => etags.get(key) === etag)) {
        this.#keep(id, known);
        continue;
      }
      const files = await this.#writeProjection(render, etags);
      if (!files) return false;
      const used = counts.take();
      this.#nextMemo[id] = { input: hash, files, ...(isNewest ? { counts: used } : {}) };
      isChanged = true;
    }
    if (!(await this.#replaceFormer(etags))) return false;
    if (isChanged) await this.#store.putIfMatch(this.#memoKey, this.#memoBytes(), memoEtag);
    return true;
  }

  /** Reads the memo if this renderer wrote it. Returns the ETag of the stored memo. */
  async #readMemo(): Promise<string | null> {
    const stored = await this.#store.get(this.#memoKey);
    const file = stored && (parseStoredJson(stored.bytes) as { pages?: string; memo?: Memo } | null | undefined);
    if (file?.pages === this.#site.id) this.#memo = file.memo ?? {};
    return stored?.etag ?? null;
  }

  #memoBytes(): Buffer {
    // Sorted, because writes end in any order.
    const memo = Object.fromEntries(Object.entries(this.#nextMemo).sort(([a], [b]) => (a < b ? -1 : 1)));
    return Buffer.from(`${JSON.stringify({ pages: this.#site.id, memo })}\n`);
  }

  /** Copies the memo of an unchanged projection and of its pictures. */
  #keep(id: string, known: Memo[string]): void {
    this.#nextMemo[id] = known;
    for (const key of Object.keys(known.files)) {
      const picture = this.#memo[key];
      if (picture) this.#nextMemo[key] = picture;
    }
  }

  /** Writes the files of a projection, stage by stage. Returns their ETags; undefined if another publisher was first. */
  async #writeProjection(
    render: DatasetProjection["render"],
    etags: ReadonlyMap<string, string>,
  ): Promise<Record<string, string> | undefined> {
    const queue = new WriteQueue();
    const written = new Map<string, string | undefined>();
    let current = 0;
    for await (const [key, body, stage] of render()) {
      if (stage > current && !(await queue.drain())) return undefined;
      current = stage;
      // Keeps the order of the projection, whichever write ends first.
      written.set(key, undefined);
      const isTaken = await queue.add(async () => {
        const etag = await this.#writeBody(key, body, etags.get(key) ?? null);
        written.set(key, etag);
        return etag;
      });
      if (!isTaken) break;
    }
    return (await queue.drain()) ? (Object.fromEntries(written) as Record<string, string>) : undefined;
  }

  /** Writes a page or a picture. Returns its ETag; undefined if another publisher was first. */
  async #writeBody(key: string, body: string | Picture, before: string | null): Promise<string | undefined> {
    if (typeof body === "string") return this.#writeFile(key, Buffer.from(body), before);
    const known = this.#memo[key];
    const input = sha256(body.input);
    // An unchanged picture is not drawn again.
    const isStored = known?.input === input && before !== null && known.files[key] === before;
    const etag = isStored ? before : await this.#writeFile(key, body.draw(), before);
    if (etag !== undefined) this.#nextMemo[key] = { input, files: { [key]: etag } };
    return etag;
  }

  /** Writes a file if it differs from the stored one. Returns its ETag; undefined if another publisher was first. */
  async #writeFile(key: string, text: Uint8Array, before: string | null): Promise<string | undefined> {
    const stored = before === null ? undefined : await this.#store.get(key);
    if (stored !== undefined && stored.etag === before && Buffer.from(text).equals(stored.bytes)) return stored.etag;
    return await this.#store.putIfMatch(key, text, before);
  }

  /** Replaces pages that no release has any more with a note. Pages are never deleted. */
  async #replaceFormer(etags: ReadonlyMap<string, string>): Promise<boolean> {
    const rendered = new Set(Object.values(this.#nextMemo).flatMap(({ files }) => Object.keys(files)));
    for (const [key, before] of etags) {
      if (rendered.has(key) || isRecordLinesObjectKey(key)) continue;
      if ((await this.#writeFile(key, await formerPageBody(this.#site, key), before)) === undefined) return false;
    }
    return true;
  }
}
