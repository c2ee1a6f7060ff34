import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import type { Aliases, Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { CatalogueError } from "../release/catalogue-error.ts";
import type { KeySet } from "../release/key-set.ts";
import type { SignedHead } from "../release/signed-head.ts";
import { nothingVerified, type Verified } from "./nothing-verified.ts";
import { readSignedHead } from "./read-signed-head.ts";
import { readStoredKeySet } from "./read-stored-key-set.ts";
import { VerificationError } from "./verification-error.ts";
import { verifyAgainstHead, verifyAgainstKept } from "./verify-against-head.ts";
import { verifyChain } from "./verify-chain.ts";
import { verifyProjections } from "./verify-projections.ts";

export interface VerifyJob {
  /** With `list`, unknown files are found as well. */
  store: Pick<Store, "get" | "read"> & Partial<Pick<Store, "list">>;
  dataset: string;
  /** The trusted keys. Default: those in the store itself. */
  keys?: KeySet | undefined;
  /** The aliases, if they can be read. */
  aliases?: Pick<Aliases, "get" | "list"> | undefined;
  /** Heads from earlier runs, with their origin for messages. */
  kept?: { head: SignedHead; from: string }[] | undefined;
  /** The version of the running Factpress. */
  generator: string;
}

export interface VerifiedDataset extends Verified {
  catalogue: Catalogue;
}

async function readVerifiedCatalogue({ store, dataset }: VerifyJob): Promise<Catalogue> {
  try {
    const stored = await readCatalogue(store, dataset);
    if (!stored) throw new VerificationError(catalogueObjectKey(dataset), "is missing");
    return stored.catalogue;
  } catch (error) {
    if (error instanceof CatalogueError) throw new VerificationError(catalogueObjectKey(dataset), error.what);
    throw error;
  }
}

/** Pages may be older than a catalogue that the head does not cover: its publisher has not finished. */
async function verifyPages(
  job: VerifyJob,
  catalogue: Catalogue,
  { head, isCovered }: { head: SignedHead | undefined; isCovered: boolean },
  result: Verified,
): Promise<void> {
  const { store, dataset, aliases, generator } = job;
  try {
    await verifyProjections({ store, dataset, aliases, rendered: head, generator }, catalogue, result);
  } catch (error) {
    if (!(error instanceof VerificationError) || isCovered || !head) throw error;
    result.uncompared.push(
      `${error.message}. The signed head does not cover the newest state of releases.json: a publisher is running, or was interrupted. Try again in a minute.`,
    );
  }
}

/** Notes what cannot be verified without a signed head. */
function withoutHead({ keys }: VerifyJob, result: Verified): void {
  const text = `There is no signed head (${HEAD_OBJECT_KEY}), so it is unknown whether newer releases were dropped.`;
  if (keys) result.uncompared.push(`${text} Publishing with a key writes one.`);
  else if (result.keys.length > 0) result.notes.push(text);
}

/**
 * Checks a dataset of a store: catalogue, hash chain, signatures, signed head, pages, assets and aliases. Throws a `VerificationError` for
 * the first error; `uncompared` lists what could not be compared.
 */
export async function verifyDataset(job: VerifyJob): Promise<VerifiedDataset> {
  const { store, dataset } = job;
  const result = nothingVerified();
  const own = await readStoredKeySet(store);
  const keys = job.keys ?? own;
  // Read before the catalogue, so that the catalogue is never older than the head.
  const head = await readSignedHead(store, keys);
  const catalogue = await readVerifiedCatalogue(job);
  result.files += 1;
  for (const { head: kept, from } of job.kept ?? []) verifyAgainstKept(kept, dataset, catalogue, from);
  await verifyChain({ store, dataset, keys, mustBeSigned: job.keys !== undefined }, catalogue, result);
  const isCovered = head ? verifyAgainstHead(head, catalogue, result) : false;
  if (!head) withoutHead(job, result);
  await verifyPages(job, catalogue, { head, isCovered }, result);
  return { ...result, catalogue };
}
