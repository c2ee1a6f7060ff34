import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { calculateJwkThumbprint } from "jose";
import { memoryStore } from "../../lib/adapters/memory/memory-store.ts";
import type { History, Signer, Store } from "../../lib/ports/ports.ts";
import { datasetPublishFailures, publishEachDataset } from "../../lib/publish/publish-each-dataset.ts";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import type { KeySet } from "../../lib/release/key-set.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import { nothingVerified, type Verified } from "../../lib/verify/nothing-verified.ts";
import { signHead } from "../../lib/verify/sign-head.ts";
import { type VerifiedDataset, type VerifyJob, verifyDataset } from "../../lib/verify/verify-dataset.ts";
import { verifyRebuilt } from "../../lib/verify/verify-rebuilt.ts";
import { publish, type World, world } from "../protocol/world.ts";
import { RUNTIME } from "../runtime.ts";

export const NOW = new Date("2025-01-01T00:00:00Z");
/** The version of the tool in these tests. */
const GENERATOR = "1";

/** A key in memory. */
export async function makeSigner(): Promise<Signer & { keys: KeySet }> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return signerOf(privateKey);
}

async function signerOf(privateKey: KeyObject): Promise<Signer & { keys: KeySet }> {
  const { kty, crv, x, y } = privateKey.export({ format: "jwk" }) as { kty: "EC"; crv: "P-256"; x: string; y: string };
  const kid = await calculateJwkThumbprint({ kty, crv, x, y });
  const publicKey = { kty, crv, x, y, kid, use: "sig", alg: "ES256" } as const;
  const key = createPrivateKey({ key: privateKey.export({ format: "jwk" }), format: "jwk" });
  return {
    publicKey,
    keys: { keys: [publicKey] },
    sign: async (bytes) => sign("sha256", bytes, { key, dsaEncoding: "ieee-p1363" }),
  };
}

export interface Signed extends World {
  signer: Signer & { keys: KeySet };
}

/** Publishes the history of `d`, or those of several datasets, to a store, signs it, and signs its head. */
export async function publishSigned(
  history: History | ReadonlyMap<string, History>,
  to: Signed = { ...world(), signer: { publicKey: undefined, keys: { keys: [] } } as never },
  { now = NOW, isScheduled = true, generator = GENERATOR }: { now?: Date; isScheduled?: boolean; generator?: string } = {},
): Promise<Signed> {
  const signed = to.signer.publicKey ? to : { ...to, signer: await makeSigner() };
  const { store, aliases, signer } = signed;
  const histories: ReadonlyMap<string, History> = history instanceof Map ? history : new Map([["d", history as History]]);
  const each = await publishEachDataset(store, [...histories.keys()], {
    publish: (dataset) => publish({ dataset, history: histories.get(dataset) as History, store, aliases, signer, now, generator }),
    logFailure: () => {},
    signHead: () => signHead({ store, signer, runtime: { now: () => now, generator }, isScheduled }),
  });
  for (const failure of datasetPublishFailures(each)) throw failure;
  return signed;
}

/** A reader of a store over HTTP: it cannot list files, and has no alias store. */
export const remote = (objects: Map<string, Uint8Array>): Pick<Store, "get" | "read"> => {
  const { get, read } = memoryStore(objects);
  return { get, read };
};

export const catalogueOf = (objects: ReadonlyMap<string, Uint8Array>): Catalogue =>
  parseCatalogue(objects.get("d/releases.json") as Uint8Array);

/** Verifies the dataset `d`. */
export const verifyD = (store: VerifyJob["store"], more: Partial<VerifyJob> = {}): Promise<VerifiedDataset> =>
  verifyDataset({ store, dataset: "d", generator: GENERATOR, ...more });

/** Builds the dataset `d` again from a history and compares. */
export async function rebuildD(objects: Map<string, Uint8Array>, history: History, generator = GENERATOR): Promise<Verified> {
  const result = nothingVerified();
  await verifyRebuilt(remote(objects), catalogueOf(objects), { history, runtime: { ...RUNTIME, now: () => NOW, generator } }, result);
  return result;
}

/** The message of the error that a promise throws; "accepted" if it throws none. */
export const refusalOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "accepted",
    (error: Error) => {
      if (error.name !== "VerificationError") throw error;
      return error.message;
    },
  );
