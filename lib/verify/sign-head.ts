import { HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import { KEY_SET } from "../contract/key-set.ts";
import type { Signer, Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { retryConflicts } from "../ports/retry-conflicts.ts";
import type { Runtime } from "../ports/runtime.ts";
import { sha256 } from "../ports/sha256.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { encodeBase64Url } from "../release/encode-base64-url.ts";
import { parseKeySet } from "../release/key-set.ts";
import {
  HEAD_RENEWED_MS,
  HEAD_VALID_MS,
  type SignedHead,
  signedHeadEntry,
  signedHeadFileText,
  signedHeadHeader,
  signedHeadInput,
  signedHeadText,
} from "../release/signed-head.ts";
import { publishedDatasetNames } from "../render/published-dataset-names.ts";
import { siteOf } from "../render/site.ts";
import { verifyContinues } from "./verify-continues.ts";
import { verifyHeadFile } from "./verify-head-file.ts";

export interface HeadSigning {
  store: Store;
  signer: Signer;
  runtime: Pick<Runtime, "now" | "generator">;
  /** Whether a schedule renews the head daily. Other heads do not expire. */
  isScheduled?: boolean;
}

/** RFC 3339 without fractions. */
const time = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/** The catalogues of a store, by dataset. Datasets without a catalogue are left out. */
async function readCatalogues(store: Store): Promise<Map<string, Catalogue>> {
  const catalogues = new Map<string, Catalogue>();
  for (const name of await publishedDatasetNames(store)) {
    const stored = await readCatalogue(store, name);
    if (stored) catalogues.set(name, stored.catalogue);
  }
  return catalogues;
}

/** The current head. Throws if it was not signed with a key of this store. */
async function readCurrentHead({ store, signer }: HeadSigning, bytes: Uint8Array): Promise<SignedHead> {
  const stored = await store.get(KEY_SET);
  const listed = stored ? parseKeySet(stored.bytes).keys : [];
  return verifyHeadFile(bytes, { keys: [signer.publicKey, ...listed] }).head;
}

/** The properties of a head except its dates. */
const contentOf = ({ issued: _, expires: __, ...content }: SignedHead): string => JSON.stringify(content);

/** Whether a head is up to date and not due for renewal. */
function isCurrent(current: SignedHead, next: SignedHead, now: number): boolean {
  return (
    contentOf(current) === contentOf(next) &&
    (current.expires === null) === (next.expires === null) &&
    Date.parse(current.issued) + HEAD_RENEWED_MS > now
  );
}

/**
 * One attempt to update the head of a store: reads its ETag, then the catalogues, then writes with `If-Match`. Returns undefined if another
 * publisher was first. Throws `VerificationError` if a catalogue does not extend the signed state, so that a publisher never signs the loss
 * of a release.
 */
async function signOnce(job: HeadSigning): Promise<"signed" | undefined> {
  const { store, signer, runtime, isScheduled = false } = job;
  const stored = await store.get(HEAD_OBJECT_KEY);
  const current = stored && (await readCurrentHead(job, stored.bytes));
  const catalogues = await readCatalogues(store);
  for (const [name, head] of Object.entries(current?.datasets ?? {})) verifyContinues(name, "the signed head", head, catalogues.get(name));
  const site = await siteOf(store);
  const now = runtime.now().getTime();
  const expires = isScheduled || (current?.expires ?? null) !== null;
  const next: SignedHead = {
    site: site.url ?? null,
    issued: time(now),
    expires: expires ? time(now + HEAD_VALID_MS) : null,
    generator: runtime.generator,
    pages: site.id,
    datasets: Object.fromEntries([...catalogues].map(([name, catalogue]) => [name, signedHeadEntry(catalogue, sha256)])),
  };
  if (current && isCurrent(current, next, now)) return "signed";
  const { kid } = signer.publicKey;
  const payload = encodeBase64Url(Buffer.from(signedHeadText(next)));
  const signature = encodeBase64Url(await signer.sign(signedHeadInput(kid, payload)));
  const text = signedHeadFileText({ payload, protected: signedHeadHeader(kid), signature });
  const etag = await store.putIfMatch(HEAD_OBJECT_KEY, Buffer.from(text), stored?.etag ?? null);
  return etag === undefined ? undefined : "signed";
}

/** Signs the current state of every catalogue of a store, if the signed head is outdated or a day old. */
export async function signHead(job: HeadSigning): Promise<void> {
  await retryConflicts(HEAD_OBJECT_KEY, () => signOnce(job));
}
