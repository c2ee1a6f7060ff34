import { CATALOGUE_FILE, catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { isExactVersion } from "../contract/is-exact-version.ts";
import { KEY_SET } from "../contract/key-set.ts";
import { plural } from "../contract/plural.ts";
import { MANIFEST_FILE, PACKAGE_FILE, SIGNATURE_FILE } from "../contract/release-files.ts";
import type { Catalogue, CatalogueEntry } from "../release/catalogue.ts";
import type { KeySet } from "../release/key-set.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import { removedReason } from "../release/removed-reason.ts";
import { withdrawnReason } from "../release/withdrawn-reason.ts";
import { checkHead } from "./check-head.ts";
import type { FetchBytes } from "./fetch-bytes.ts";
import type { Step } from "./step.ts";
import { decodeText, encodeBase64Url, encodeText, isSignedBy, parseJsonObject, sha256Hex, VerificationError } from "./web-crypto.ts";

export interface Conclusion {
  text: string;
  /** The reader gave the key that signed it. */
  isAuthenticated: boolean;
}

export interface VerifyRequest {
  dataset: string;
  /** An exact version, the start of one, `latest`, or nothing. */
  version: string;
  /** The id of the publisher's key, if the reader knows it; otherwise empty. */
  key: string;
  /** Files that the reader downloaded. */
  copies?: readonly Copy[];
}

interface Copy {
  name: string;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Lines of `SHA256SUMS`: 64 hexadecimal digits, two spaces, a plain file name. */
function manifestOf(text: string, version: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const line of text.split("\n").filter(Boolean)) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}((?!\.)[^/\\\p{C}]+)$/u.exec(line) ?? [];
    if (!hash || !name || files.has(name))
      throw new VerificationError(`SHA256SUMS of ${version} has a line that is not the hash and name of a file, or names one twice`);
    files.set(name, hash);
  }
  if (!files.has(PACKAGE_FILE)) throw new VerificationError(`SHA256SUMS of ${version} does not name datapackage.json`);
  return files;
}

/** The only accepted header for a key. */
const headerOf = (kid: string): string => encodeBase64Url(encodeText(JSON.stringify({ alg: "ES256", kid, b64: false, crit: ["b64"] })));

/** The key that signed the bytes of SHA256SUMS (RFC 7797); undefined if none of these did. */
async function signedBy(jws: string, manifest: Uint8Array<ArrayBuffer>, { keys }: KeySet): Promise<string | undefined> {
  const [, header = "", encoded = ""] = /^([\w-]+)\.\.([\w-]+)\n$/.exec(jws) ?? [];
  const key = keys.find(({ kid }) => typeof kid === "string" && headerOf(kid) === header);
  const input = new Uint8Array([...encodeText(`${header}.`), ...manifest]);
  return key && (await isSignedBy(key, input, encoded)) ? key.kid : undefined;
}

/** The entry of an exact version, of `latest`, or of the newest release of a major or minor line. */
function entryOf(catalogue: Catalogue, asked: string): CatalogueEntry | undefined {
  if (isExactVersion(asked)) return catalogue.releases.find(({ version }) => version === asked);
  const line = asked === "" || asked === "latest" ? "" : `${asked}.`;
  return releasesInForce(catalogue).find(({ version }) => version.startsWith(line));
}

interface PackageFacts {
  name: unknown;
  version: unknown;
  previous: string | null;
  resources: { path: string; hash: string }[];
}

/** Checks releases of one dataset of the site. */
class Site {
  readonly #fetch: FetchBytes;
  readonly #dataset: string;
  readonly #keys: KeySet;
  constructor(fetch: FetchBytes, dataset: string, keys: KeySet) {
    this.#fetch = fetch;
    this.#dataset = dataset;
    this.#keys = keys;
  }

  async file(version: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = `/${this.#dataset}/${version}/${name}`;
    const bytes = await this.#fetch(path);
    if (!bytes) throw new VerificationError(`${path} is missing`);
    return bytes;
  }

  /** Fetches SHA256SUMS, and checks it against the catalogue and the keys of the site. */
  async manifest({ version, manifest: named }: CatalogueEntry): Promise<{ files: Map<string, string>; kid: string | undefined }> {
    const manifest = await this.file(version, MANIFEST_FILE);
    if ((await sha256Hex(manifest)) !== named)
      throw new VerificationError(`SHA256SUMS of ${version} is not the one that releases.json names`);
    const files = manifestOf(decodeText(manifest), version);
    const jws = await this.#fetch(`/${this.#dataset}/${version}/${SIGNATURE_FILE}`);
    const kid = jws && (await signedBy(decodeText(jws), manifest, this.#keys));
    if (jws && !kid)
      throw new VerificationError(`The signature of ${version} does not match, or was not made with a public key of this site`);
    return { files, kid };
  }

  /** Reads datapackage.json and checks that it names this release. */
  about(version: string, bytes: Uint8Array): PackageFacts {
    const about = parseJsonObject<PackageFacts>(bytes, `datapackage.json of ${version}`);
    if (about.name !== this.#dataset || about.version !== version)
      throw new VerificationError(
        `This is another release: its datapackage.json says ${String(about.name)} ${String(about.version)}, not ${this.#dataset} ${version}`,
      );
    if (!Array.isArray(about.resources)) throw new VerificationError(`datapackage.json of ${version} names no files`);
    return about;
  }
}

async function readCatalogue(fetch: FetchBytes, dataset: string): Promise<Catalogue> {
  const bytes = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(dataset) ? await fetch(`/${catalogueObjectKey(dataset)}`) : undefined;
  if (!bytes) throw new VerificationError(`There is no dataset "${dataset}" here`);
  const catalogue = parseJsonObject<Catalogue>(bytes, CATALOGUE_FILE);
  if (![catalogue.releases, catalogue.withdrawn, catalogue.removed].every(Array.isArray))
    throw new VerificationError("releases.json is not a catalogue");
  if (!catalogue.releases.every((entry) => isExactVersion(entry?.version)))
    throw new VerificationError("releases.json lists an invalid version");
  return catalogue;
}

async function readKeys(fetch: FetchBytes): Promise<KeySet> {
  const bytes = await fetch(`/${KEY_SET}`);
  const keys = bytes ? parseJsonObject<KeySet>(bytes, "jwks.json") : { keys: [] };
  if (!Array.isArray(keys.keys)) throw new VerificationError("jwks.json is not a list of keys");
  return keys;
}

const ELSEWHERE = "the publisher's git repository (.well-known/jwks.json), its own web site, or an e-mail that you can trust";

function verdictOf({ dataset, key }: VerifyRequest, version: string, what: string, kid: string | undefined): Conclusion {
  if (key !== "" && kid !== key)
    throw new VerificationError(
      kid
        ? `${version} is signed by ${kid}, not by the key that you named`
        : `${version} is not signed by the key that you named, nor by another`,
    );
  const matches = `${dataset} ${version} matches its list of hashes (${what})`;
  if (key !== "") return { isAuthenticated: true, text: `Authenticated: ${matches} and is signed by the key that you named.` };
  return {
    isAuthenticated: false,
    text: kid
      ? `Not authenticated: ${matches} and is signed by ${kid}, a key that this site names itself. Anyone who can change the files can change the key. Get the id of the publisher's key another way, such as from ${ELSEWHERE}, and enter it above.`
      : `Not authenticated: ${matches}, but it is not signed. Anyone who can change the files can change the list.`,
  };
}

/** Verifies the files of a release and the chain back to the first release. Reports each step. Throws `VerificationError`. */
export async function verifyRelease(
  question: VerifyRequest,
  fetch: FetchBytes,
  say: (step: Step) => void,
): Promise<Conclusion & { version: string }> {
  const { dataset } = question;
  const catalogue = await readCatalogue(fetch, dataset);
  const entry = entryOf(catalogue, question.version);
  if (!entry) throw new VerificationError(`${dataset} has no version ${question.version || "that is current"}`);
  const { version } = entry;
  const removed = removedReason(catalogue, version);
  if (removed !== undefined) throw new VerificationError(`${version} was removed: ${removed}`);
  const withdrawn = withdrawnReason(catalogue, version);
  if (withdrawn !== undefined) say({ isOk: false, text: `${version} was withdrawn: ${withdrawn}` });
  const keys = await readKeys(fetch);
  await checkHead({ fetch, keys, key: question.key }, catalogue, version, say);
  const site = new Site(fetch, dataset, keys);
  const { files, kid } = await site.manifest(entry);
  say({ isOk: true, text: `SHA256SUMS of ${version} is the one that releases.json names: ${entry.manifest}` });
  say(kid ? { isOk: true, text: `Signed by the key ${kid}` } : { isOk: false, text: "This release is not signed." });
  const about = await verifyFiles(site, version, files, say);
  const { copies = [] } = question;
  await verifyCopies(copies, version, files, say);
  const older = catalogue.releases.slice(catalogue.releases.indexOf(entry) + 1);
  await verifyOlder(site, { previous: about.previous, older, isSigned: kid !== undefined }, say);
  const own = copies.length > 0 ? `, with ${plural(copies.length, "file")} of yours` : "";
  const what = `${plural(files.size, "file")}${own}, ${plural(older.length + 1, "release")} back to the first`;
  const verdict = verdictOf(question, version, what, kid);
  // First, because it answers the question of a reader with a file, who may have forgotten to choose it.
  return { ...verdict, version, text: `${YOURS[Math.min(copies.length, 2)]} as published here. ${verdict.text}` };
}

/** The start of the result if the reader chose no file, one or more. */
const YOURS = [
  "No file of yours was checked. To check one, choose it above. The files on this site are",
  "Your file is",
  "Your files are",
] as const;

/** Checks that files of the reader are files of the release, under any name. */
async function verifyCopies(
  copies: readonly Copy[],
  version: string,
  files: Map<string, string>,
  say: (step: Step) => void,
): Promise<void> {
  for (const { name, read } of copies) {
    const hash = await sha256Hex(await read());
    const [same] = [...files].find(([, known]) => known === hash) ?? [];
    if (same === undefined)
      throw new VerificationError(
        files.has(name)
          ? `Your copy of ${name} differs from the file in ${version}: its SHA-256 is ${hash}`
          : `Your file ${name} is not a file of ${version}: its SHA-256 is ${hash}. Rows chosen on a page cannot be checked, only whole files`,
      );
    say({ isOk: true, isYours: true, text: `Your file ${name} is ${same === name ? "unchanged" : same}: ${hash}` });
  }
}

async function verifyFiles(site: Site, version: string, files: Map<string, string>, say: (step: Step) => void): Promise<PackageFacts> {
  let about: PackageFacts | undefined;
  for (const [name, hash] of files) {
    const bytes = await site.file(version, name);
    if ((await sha256Hex(bytes)) !== hash) throw new VerificationError(`${name} was changed: its SHA-256 is not ${hash}`);
    if (name === PACKAGE_FILE) about = site.about(version, bytes);
    say({ isOk: true, text: `${name}: ${bytes.length} bytes, ${hash}` });
  }
  for (const { path, hash } of about?.resources ?? [])
    if (hash !== `sha256:${files.get(path)}`)
      throw new VerificationError(`datapackage.json and SHA256SUMS name different hashes of ${path}`);
  return about as PackageFacts;
}

/** The releases before a verified one, newest first. */
interface OlderReleases {
  /** The hash of the manifest that the verified release names as the one before it. */
  previous: string | null;
  older: readonly CatalogueEntry[];
  /** Whether the verified release is signed. */
  isSigned: boolean;
}

/** Follows the chain to the first release: each names the one before it. */
async function verifyOlder(site: Site, { previous: last, older, isSigned }: OlderReleases, say: (step: Step) => void): Promise<void> {
  let previous = last;
  for (const before of older) {
    const { version } = before;
    if (previous !== before.manifest) throw new VerificationError(`The chain is broken before ${version}`);
    const { files, kid } = await site.manifest(before);
    const bytes = await site.file(version, PACKAGE_FILE);
    if (files.get(PACKAGE_FILE) !== (await sha256Hex(bytes))) throw new VerificationError(`datapackage.json of ${version} was changed`);
    previous = site.about(version, bytes).previous;
    say({ isOk: kid !== undefined || !isSigned, text: `Follows ${version}: ${before.manifest}${kid ? ", signed" : ", not signed"}` });
  }
  if (previous !== null) throw new VerificationError("The first release names one before it that releases.json does not list");
}
