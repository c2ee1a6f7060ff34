import { plural } from "../contract/plural.ts";
import type { Store } from "../ports/ports.ts";
import { sha256 } from "../ports/sha256.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import type { KeySet } from "../release/key-set.ts";
import { compareWithHead, type DatasetHead, HEAD_KEY, parseHead, parseHeadFile, type SignedHead } from "../release/signed-head.ts";
import { VerificationError, type Verified } from "./verification-error.ts";
import { verifyHeadFile } from "./verify-signature.ts";

/** The signed head of a store; undefined if it has none. */
export async function readSignedHead(store: Pick<Store, "get">, keys: KeySet): Promise<SignedHead | undefined> {
  const stored = await store.get(HEAD_KEY);
  return stored && verifyHeadFile(stored.bytes, keys).head;
}

const older = (dataset: string, what: string, releases: number, catalogue: Catalogue | undefined): VerificationError =>
  new VerificationError(
    `${dataset}/releases.json`,
    `${catalogue ? `lists ${plural(catalogue.releases.length, "release")}` : "is missing"}, but ${what} lists ${releases}: a release was dropped, or this is an old copy`,
  );

const different = (dataset: string, what: string): VerificationError =>
  new VerificationError(`${dataset}/releases.json`, `is not a later state of the catalogue in ${what}: it was rewritten`);

/** Throws if a catalogue does not continue the state in a head. */
export function verifyContinues(dataset: string, what: string, head: DatasetHead, catalogue: Catalogue | undefined): "same" | "extended" {
  if (!catalogue) throw older(dataset, what, head.releases, undefined);
  const compared = compareWithHead(head, catalogue, sha256);
  if (compared === "older") throw older(dataset, what, head.releases, catalogue);
  if (compared === "different") throw different(dataset, what);
  return compared;
}

const NOTHING: DatasetHead = { releases: 0, withdrawn: 0, removed: 0, catalogue: "" };

/** Whether a catalogue has unsigned statements that the head does not cover: withdrawals, removals, marks of breaks. */
function hasUnsignedStatements(head: DatasetHead, { releases, withdrawn, removed }: Catalogue): boolean {
  const later = releases.slice(0, releases.length - head.releases);
  return withdrawn.length > head.withdrawn || removed.length > head.removed || later.some((entry) => entry.break);
}

/**
 * Compares a catalogue with the signed head of its store. Releases that the head does not cover yet are signed themselves; other statements
 * of the catalogue are then unsigned. Returns whether the head covers the whole catalogue.
 */
export function verifyAgainstHead(head: SignedHead, catalogue: Catalogue, result: Verified): boolean {
  const { dataset } = catalogue;
  result.head = { issued: head.issued, expires: head.expires };
  const named = head.datasets[dataset] ?? {
    ...NOTHING,
    catalogue: sha256(catalogueText({ ...catalogue, releases: [], withdrawn: [], removed: [] })),
  };
  const isCovered = verifyContinues(dataset, "the signed head", named, catalogue) === "same";
  if (!isCovered && hasUnsignedStatements(named, catalogue))
    result.uncompared.push(
      "releases.json has withdrawals, removals or marks of rewritten history that the signed head does not cover. The publisher signs last: try again in a minute.",
    );
  return isCovered;
}

/** Parses a kept head: a signed one, or one that `--remember` wrote. Throws `HeadError`, `VerificationError`. */
export function parseKeptHead(bytes: Uint8Array, keys: KeySet | undefined, where: string): SignedHead {
  const isSigned = Buffer.from(bytes).toString("utf8").includes('"payload"');
  if (!isSigned) return parseHead(bytes);
  if (keys) return verifyHeadFile(bytes, keys, where).head;
  const payload = Buffer.from(parseHeadFile(bytes).payload, "base64url");
  return parseHead(payload);
}

/** Throws if a catalogue does not continue the state in a kept head. */
export function verifyAgainstKept(kept: SignedHead, dataset: string, catalogue: Catalogue | undefined, what: string): void {
  const named = kept.datasets[dataset];
  if (named) verifyContinues(dataset, what, named, catalogue);
}
