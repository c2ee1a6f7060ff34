import { HEAD_OBJECT_KEY } from "../contract/head-object-key.ts";
import { isObject } from "../contract/is-object.ts";
import { type Catalogue, catalogueText } from "../release/catalogue.ts";
import { catalogueInState, catalogueState } from "../release/catalogue-state.ts";
import type { KeySet } from "../release/key-set.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import type { DatasetHead, HeadFile, SignedHead } from "../release/signed-head.ts";
import { withdrawnReason } from "../release/withdrawn-reason.ts";
import type { FetchBytes } from "./fetch-bytes.ts";
import type { Step } from "./step.ts";
import { decodeBase64Url, encodeBase64Url, encodeText, isSignedBy, parseJsonObject, sha256Hex, VerificationError } from "./web-crypto.ts";

const PATH = `/${HEAD_OBJECT_KEY}`;

interface HeadQuestion {
  fetch: FetchBytes;
  /** The keys in the site. */
  keys: KeySet;
  /** The id of the publisher's key, if the reader knows it; otherwise empty. */
  key: string;
}

/** The header that factpress writes for a key. */
const headerOf = (kid: string): string => encodeBase64Url(encodeText(JSON.stringify({ alg: "ES256", kid, typ: "factpress-head+json" })));

/** The signed head and its key; undefined if there is none. */
async function readHead({ fetch, keys: { keys } }: HeadQuestion): Promise<{ head: SignedHead; kid: string } | undefined> {
  const bytes = await fetch(PATH);
  if (!bytes) return undefined;
  const { payload, protected: header, signature } = parseJsonObject<HeadFile>(bytes, "The signed head");
  if (![payload, header, signature].every((part) => typeof part === "string"))
    throw new VerificationError("The signed head is not a flattened JSON Web Signature");
  const key = keys.find(({ kid }) => typeof kid === "string" && headerOf(kid) === header);
  if (!key || !(await isSignedBy(key, encodeText(`${header}.${payload}`), signature)))
    throw new VerificationError("The signature of the signed head does not match, or was not made with a public key of this site");
  const head = parseJsonObject<SignedHead>(decodeBase64Url(payload), "The payload of the signed head");
  if (typeof head.issued !== "string" || !isObject(head.datasets)) throw new VerificationError("The signed head lacks a field");
  return { head, kid: key.kid };
}

const LISTS = ["releases", "withdrawn", "removed"] as const;

/** The signed state of the catalogue. Throws `VerificationError` if the site serves another one. */
async function signedCatalogue(catalogue: Catalogue, signedEntry: DatasetHead, when: string): Promise<Catalogue> {
  const signed = catalogueInState(catalogue, signedEntry);
  if (!signed)
    throw new VerificationError(
      `releases.json lacks what the signed head of ${when} counts: a release, a withdrawal or a removal was dropped, or an old copy is served`,
    );
  if ((await sha256Hex(encodeText(catalogueText(signed)))) !== signedEntry.catalogue)
    throw new VerificationError(`releases.json is not the catalogue that the signed head of ${when} names: it was changed`);
  return signed;
}

/**
 * Compares the catalogue with the signed head, and returns notes for readers of a version: a newer release, unsigned statements, and the
 * time of the head. Throws `VerificationError` if the site hides or changes signed content.
 */
export async function checkHead(question: HeadQuestion, catalogue: Catalogue, version: string, say: (step: Step) => void): Promise<void> {
  const found = await readHead(question);
  const warn = (text: string): void => say({ isOk: false, text });
  if (!found) return warn("There is no signed head: a dropped release or withdrawal cannot be detected.");
  const { head, kid } = found;
  const signedEntry = Object.hasOwn(head.datasets, catalogue.dataset) ? head.datasets[catalogue.dataset] : undefined;
  const when = `${head.issued.slice(0, 10)} ${head.issued.slice(11, 16)} UTC`;
  const isOk = question.key === "" || kid === question.key;
  if (!isOk) warn(`The head was signed by ${kid}, not by the key that you named.`);
  if (!signedEntry) return warn(`The signed head of ${when} does not name this dataset.`);
  const signed = await signedCatalogue(catalogue, signedEntry, when);
  const newest = releasesInForce(signed)[0]?.version;
  if (newest === undefined) say({ isOk, text: `Signed on ${when}: the dataset has no current release.` });
  else if (newest === version) say({ isOk, text: `The newest release as of ${when}, as the signed head says.` });
  else warn(`${newest} is the newest release as of ${when}, as the signed head says.`);
  const now = catalogueState(catalogue);
  if (LISTS.some((list) => now[list] > signedEntry[list])) warn(unsignedText(catalogue, signed, version, when));
  if (head.expires !== null && Date.parse(head.expires) < Date.now())
    warn(`The signed head expired on ${head.expires.slice(0, 10)}: newer releases may be withheld.`);
}

/** Describes the statements of releases.json that no signature covers. */
function unsignedText(catalogue: Catalogue, signed: Catalogue, version: string, when: string): string {
  const isForged = "The head is signed again within a minute; if this persists, the publisher did not write it.";
  if (withdrawnReason(catalogue, version) !== withdrawnReason(signed, version))
    return `The withdrawal of ${version} is not covered by the signed head of ${when}. ${isForged}`;
  return `releases.json has entries that the signed head of ${when} does not cover. ${isForged}`;
}
