import { createHash } from "node:crypto";
import { calculateJwkThumbprint, errors, flattenedVerify, importJWK } from "jose";
import { against, readDocument } from "../dataset/document.ts";
import { FIRST_LAYOUT } from "../dataset/layout.ts";
import { parseJson } from "../dataset/parse-json.ts";
import type { Schema } from "../dataset/table-plan.ts";
import { aliasEntries } from "../release/aliases.ts";
import { type Catalogue, type CatalogueEntry, catalogueText, comparedEntry, removedReason } from "../release/catalogue.ts";
import { parseManifest } from "../release/manifest.ts";
import releasesSchema from "../release/releases.schema.json" with { type: "json" };
import { type KeySet, keySetText, parseKeySet } from "../release/signature.ts";
import { isTombstone, KEPT } from "../release/tombstone.ts";
import { ASSETS } from "../site/assets.ts";
import { sha256 } from "./body.ts";
import type { Aliases, ReleaseFolder, Store } from "./ports.ts";
import { datasetNames, isCurrent, isRenderedHere, parseMark } from "./project-dataset.ts";
import { gonePage, homeProjections, projectionsOf, storedRelease } from "./projections.ts";
import { KEY_SET } from "./put-release.ts";
import { type Rebuilding, rebuildReleases } from "./rebuild.ts";
import { isLinesKey } from "./record-lines.ts";
import { packageOf } from "./release-page.ts";
import { siteOf } from "./site.ts";

/** The first thing that is wrong. */
export class Wrong extends Error {
  override name = "Wrong";
  /** Path of the file within the store or the release. */
  readonly where: string;
  constructor(where: string, what: string) {
    super(`${where} ${what}`);
    this.where = where;
  }
}

export interface Verified {
  releases: number;
  files: number;
  bytes: number;
  /** Versions without a signature. */
  unsigned: string[];
  /** Versions whose files were taken away. */
  removed: string[];
  /** Key ids that signed. */
  keys: string[];
  /** What could not be compared, and why. */
  notes: string[];
}

interface Counting {
  files: number;
  bytes: number;
}

async function sha256Of(chunks: AsyncIterable<Uint8Array>, counting: Counting): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of chunks) {
    hash.update(chunk);
    counting.bytes += chunk.length;
  }
  counting.files += 1;
  return hash.digest("hex");
}

/** Checks a signature over SHA256SUMS; the id of the key that made it, or undefined where there is none. */
async function verifySignature(folder: ReleaseFolder, at: string, manifest: Uint8Array, keys: KeySet): Promise<string | undefined> {
  const bytes = await folder.bytes("SHA256SUMS.jws");
  if (!bytes) return undefined;
  const where = `${at}SHA256SUMS.jws`;
  const [, header, signature] = /^([\w-]+)\.\.([\w-]+)\n$/.exec(Buffer.from(bytes).toString("utf8")) ?? [];
  const isExact = (text: string): boolean => Buffer.from(text, "base64url").toString("base64url") === text;
  if (!header || !signature || !isExact(header) || !isExact(signature)) throw new Wrong(where, "is not a detached signature of one line");
  const parsed = parseJson<{ kid?: unknown } | null>(Buffer.from(header, "base64url").toString("utf8"));
  if (!parsed) throw new Wrong(where, "has a header that cannot be read");
  const kid = parsed.value?.kid;
  const key = keys.keys.find((key) => key.kid === kid);
  if (!key) throw new Wrong(where, `is signed with the key ${String(kid)}, which is not among the public keys`);
  // RFC 7638: otherwise another key could stand there under a name that people know.
  if ((await calculateJwkThumbprint(key)) !== key.kid) throw new Wrong(where, `names a key that is not the one called ${key.kid}`);
  try {
    await flattenedVerify({ protected: header, payload: manifest, signature }, await importJWK({ ...key }, "ES256"), {
      algorithms: ["ES256"],
    });
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new Wrong(where, "does not fit SHA256SUMS: one of the two was changed");
    throw error;
  }
  return key.kid;
}

/** Checks one release folder by its own SHA256SUMS: every file, and that datapackage.json says the same. */
async function verifyFiles(folder: ReleaseFolder, at: string, removed: boolean, counting: Counting): Promise<Uint8Array> {
  const manifest = await folder.bytes("SHA256SUMS");
  if (!manifest) throw new Wrong(`${at}SHA256SUMS`, "is missing");
  const files = parseManifest(manifest);
  if (!files) throw new Wrong(`${at}SHA256SUMS`, "is not a list of hashes and file names");
  for (const { name, sha256: expected } of files) {
    const where = `${at}${name}`;
    if (removed && !KEPT.includes(name)) {
      const standing = await folder.bytes(name);
      if (standing && !isTombstone(standing) && sha256(standing) !== expected)
        throw new Wrong(where, "is neither the removed file nor its tombstone");
      continue;
    }
    const found = await sha256Of(folder.read(name), counting).catch((error: unknown) => {
      throw new Wrong(where, `cannot be read: ${(error as Error).message}`);
    });
    if (found !== expected) throw new Wrong(where, `was changed: its SHA-256 is ${found}, and SHA256SUMS names ${expected}`);
  }
  const { resources } = await packageOf(folder);
  for (const { path, hash } of resources)
    if (hash !== `sha256:${files.find(({ name }) => name === path)?.sha256}`)
      throw new Wrong(`${at}datapackage.json`, `names another hash of ${path} than SHA256SUMS`);
  return manifest;
}

/** Whether tombstones stand in place of a release's files, or it answers 410 for all of them. */
async function isRemoved(folder: ReleaseFolder): Promise<boolean> {
  const schema = await folder.bytes("schema.json");
  return schema === undefined ? (await folder.bytes("README.md")) === undefined : isTombstone(schema);
}

/** A downloaded release on its own: its files and signature; the chain cannot be seen from here. */
export async function verifyRelease(folder: ReleaseFolder, keys: KeySet | undefined): Promise<Verified> {
  const counting = { files: 0, bytes: 0 };
  const signed = (await folder.bytes("SHA256SUMS.jws")) !== undefined;
  const removed = await isRemoved(folder);
  const manifest = await verifyFiles(folder, "", removed, counting);
  const kid = keys && (await verifySignature(folder, "", manifest, keys));
  if (keys && !kid) throw new Wrong("SHA256SUMS.jws", "is missing: this release is not signed by a key that you trust");
  return {
    releases: 1,
    ...counting,
    unsigned: signed ? [] : ["it"],
    removed: [],
    keys: kid ? [kid] : [],
    notes: [
      ...(removed ? ["Its files were removed by its publisher; what stays is what the chain of releases runs through."] : []),
      ...(signed && !keys ? ["It is signed, and the signature was not checked: name the publisher's public keys with --keys."] : []),
      "Only this folder was checked: whether it is the release that others got is said by the hash of its SHA256SUMS in releases.json.",
    ],
  };
}

export interface Verifying {
  /** Where it can list, what nobody wrote is noticed too. */
  store: Pick<Store, "get" | "read"> & Partial<Pick<Store, "list">>;
  dataset: string;
  /** The keys that are trusted; those that the store names itself where there are none. */
  keys?: KeySet;
  /** Builds every release again and compares. */
  rebuild?: Rebuilding;
  /** Where the aliases can be read. */
  aliases?: Pick<Aliases, "get" | "list">;
}

async function readKeys(store: Verifying["store"]): Promise<KeySet> {
  const stored = await store.get(KEY_SET);
  if (!stored) return { keys: [] };
  try {
    const keys = parseKeySet(stored.bytes);
    if (keySetText(keys) === Buffer.from(stored.bytes).toString("utf8")) return keys;
  } catch (error) {
    throw new Wrong(KEY_SET, `is not a list of keys as factpress writes it: ${(error as Error).message}`);
  }
  throw new Wrong(KEY_SET, "is not a list of keys as factpress writes it");
}

async function readCatalogue({ store, dataset }: Verifying): Promise<Catalogue> {
  const where = `${dataset}/releases.json`;
  const stored = await store.get(where);
  if (!stored) throw new Wrong(where, "is missing");
  const { value, problems } = readDocument(where, stored.bytes, against(releasesSchema as unknown as Schema));
  const [problem] = problems;
  if (problem) throw new Wrong(where, `is damaged in line ${problem.line}: ${problem.message}`);
  const catalogue = value as Catalogue;
  if (catalogue.dataset !== dataset || catalogueText(catalogue) !== Buffer.from(stored.bytes).toString("utf8"))
    throw new Wrong(where, "is not written as factpress writes it: it was changed");
  return catalogue;
}

/** Pages, feed and aliases: whether they are what this catalogue and these releases give. */
async function verifyProjections(
  { store, dataset, aliases }: Verifying,
  catalogue: Catalogue,
  counting: Counting,
  notes: string[],
): Promise<void> {
  const site = await siteOf(store);
  const mark = aliases && parseMark(await aliases.get(`${dataset}/mark`));
  if (aliases && catalogue.releases.length > 0) {
    if (!mark)
      throw new Wrong(
        `the alias ${dataset}/mark`,
        "is missing or damaged: it says what pages and aliases were made from. Publishing again writes them anew",
      );
    const wanted = aliasEntries(catalogue);
    for (const [key, value] of wanted)
      if ((await aliases.get(key)) !== value) throw new Wrong(`the alias ${key}`, `leads elsewhere than the catalogue says (${value})`);
    for await (const key of aliases.list(`${dataset}/`))
      if (!wanted.has(key) && key !== `${dataset}/mark`)
        throw new Wrong(`the alias ${key}`, "stands there, and the catalogue gives none of that name");
    if (!isRenderedHere(mark, site)) {
      notes.push("Pages and feed were written by another version of factpress, so they were not compared.");
      return;
    }
    if (!isCurrent(mark, catalogue, site))
      throw new Wrong(
        `${dataset}/releases.json`,
        "is not the catalogue that pages and aliases were made from (a publisher was interrupted, or it was changed)",
      );
  }
  const differing: string[] = [];
  let compared = 0;
  const named = new Set<string>();
  for (const { render } of projectionsOf(store, catalogue, site))
    for await (const [key, text] of render()) {
      const stored = await store.get(key);
      if (!stored) throw new Wrong(key, "is missing");
      named.add(key);
      compared += 1;
      counting.files += 1;
      counting.bytes += stored.bytes.length;
      if (!Buffer.from(text).equals(stored.bytes)) differing.push(key);
    }
  await verifyNoOtherPages(store, dataset, named, await gonePage(site));
  // Without the mark, pages of another version cannot be told from changed ones: then all of them differ.
  if (!aliases && compared > 0 && differing.length === compared)
    notes.push("All pages differ from what this version of factpress writes, so they were not compared.");
  else if (differing[0]) throw new Wrong(differing[0], "is not what the releases give: it was changed");
}

function chain(entry: CatalogueEntry, before: CatalogueEntry | undefined, about: Record<string, unknown>, dataset: string): void {
  const where = `${dataset}/${entry.version}/datapackage.json`;
  for (const [word, expected] of [
    ["version", entry.version],
    ["commit", entry.commit],
    ["created", entry.date ?? undefined],
    ["name", dataset],
    ["layout", entry.layout ?? FIRST_LAYOUT],
  ] as const)
    if (about[word] !== expected) throw new Wrong(where, `says ${word} ${about[word]}, and releases.json ${expected}`);
  if (about["previous"] !== (before?.manifest ?? null))
    throw new Wrong(where, `names another release before it than releases.json (${before?.version ?? "none"}): the chain is broken`);
}

/** A release may be compared with another than the one before it only where all in between were withdrawn or removed. */
function verifyCompared(
  { dataset, releases, withdrawn, removed }: Catalogue,
  entry: CatalogueEntry,
  before: CatalogueEntry | undefined,
): void {
  const { version, comparedWith } = entry;
  if (comparedWith === undefined) return;
  const where = `${dataset}/releases.json`;
  const [from, to] = [version, comparedWith].map((one) => releases.findIndex((listed) => listed.version === one)) as [number, number];
  if (comparedWith === before?.version || to < from)
    throw new Wrong(where, `says that ${version} was compared with ${comparedWith}, which is no older release than the one before it`);
  const standing = releases
    .slice(from + 1, to)
    .find(({ version }) => ![...withdrawn, ...removed].some((event) => event.version === version && event.reason !== null));
  if (standing)
    throw new Wrong(
      where,
      `says that ${version} was compared with ${comparedWith}, and ${standing.version} in between was never taken back`,
    );
}

/** Checks a dataset of a store: catalogue, chain, hashes, signatures, pages and aliases. Throws the first thing that is wrong. */
export async function verifyDataset(job: Verifying): Promise<Verified> {
  const { store, dataset, rebuild } = job;
  const own = await readKeys(store);
  const trusted = job.keys ?? own;
  const catalogue = await readCatalogue(job);
  const counting = { files: 1, bytes: 0 };
  const result: Verified = { releases: 0, files: 0, bytes: 0, unsigned: [], removed: [], keys: [], notes: [] };
  let before: CatalogueEntry | undefined;
  for (const entry of [...catalogue.releases].reverse()) {
    const { version } = entry;
    const at = `${dataset}/${version}/`;
    const folder = storedRelease(store, `${dataset}/${version}`);
    const removed = removedReason(catalogue, version) !== undefined;
    const manifest = await folder.bytes("SHA256SUMS");
    if (!manifest) throw new Wrong(`${at}SHA256SUMS`, "is missing");
    if (sha256(manifest) !== entry.manifest)
      throw new Wrong(`${at}SHA256SUMS`, `was changed: its SHA-256 is ${sha256(manifest)}, and releases.json names ${entry.manifest}`);
    const kid = await verifySignature(folder, at, manifest, trusted);
    if (kid === undefined && job.keys)
      throw new Wrong(`${at}SHA256SUMS.jws`, "is missing: this release is not signed by a key that you trust");
    await verifyFiles(folder, at, removed, counting);
    chain(entry, before, (await packageOf(folder)) as unknown as Record<string, unknown>, dataset);
    verifyCompared(catalogue, entry, before);
    if (before && !removed) {
      const { level, from } = JSON.parse(Buffer.from((await folder.bytes("changes.json")) ?? "{}").toString("utf8")) as {
        level?: string;
        from?: string;
      };
      if (level !== entry.level)
        throw new Wrong(`${dataset}/releases.json`, `says that ${version} is ${entry.level}, and its changes.json ${level}`);
      const compared = comparedEntry(catalogue, version)?.version;
      if (from !== compared)
        throw new Wrong(
          `${dataset}/releases.json`,
          `says that ${version} was compared with ${compared}, and its changes.json with ${from}`,
        );
    } else if (!before && entry.level !== "first")
      throw new Wrong(`${dataset}/releases.json`, `calls ${version} ${entry.level}, and it is the first`);
    if (removed) result.removed.push(version);
    if (kid === undefined) result.unsigned.push(version);
    else if (!result.keys.includes(kid)) result.keys.push(kid);
    result.releases += 1;
    before = entry;
  }
  await verifyNothingElse(job, catalogue);
  await verifyProjections(job, catalogue, counting, result.notes);
  if (!job.keys && result.keys.length > 0)
    result.notes.push("The public keys are those that the store names itself; --keys FILE names keys that you trust.");
  if (rebuild) await verifyRebuilt(job, catalogue, rebuild, result.notes);
  return { ...result, ...counting };
}

/** Nothing stands under the dataset's address that no release and no projection names. Unlisted numbers may: they were claimed and spent. */
async function verifyNothingElse({ store, dataset }: Verifying, catalogue: Catalogue): Promise<void> {
  if (!store.list) return;
  const named = new Map<string, Set<string>>();
  for (const { version } of catalogue.releases) {
    const files = parseManifest((await store.get(`${dataset}/${version}/SHA256SUMS`))?.bytes ?? new Uint8Array()) ?? [];
    named.set(version, new Set([...files.map(({ name }) => name), "SHA256SUMS", "SHA256SUMS.jws"]));
  }
  for await (const { key } of store.list(`${dataset}/`)) {
    const [, version = "", name = ""] = key.split("/");
    if (named.get(version)?.has(key.slice(dataset.length + version.length + 2)) === false)
      throw new Wrong(key, "is a file that its release does not name");
    if (name === "" && version !== "releases.json" && version !== "feed.xml") throw new Wrong(key, "was written by nobody");
  }
}

/** A page of nothing that is published says that there is nothing. */
async function verifyNoOtherPages(store: Verifying["store"], dataset: string, named: ReadonlySet<string>, gone: string): Promise<void> {
  if (!store.list) return;
  for await (const { key } of store.list(`pages/${dataset}/`))
    if (!named.has(key) && !isLinesKey(key) && !Buffer.from(gone).equals((await store.get(key))?.bytes ?? new Uint8Array()))
      throw new Wrong(key, "is a page of no release");
}

/** Builds every release again from git and compares the hashes. */
async function verifyRebuilt({ store, dataset }: Verifying, catalogue: Catalogue, rebuild: Rebuilding, notes: string[]): Promise<void> {
  const others = new Map<string, string>();
  for (const { version } of catalogue.releases) {
    const { generator } = (await packageOf(storedRelease(store, `${dataset}/${version}`))) as unknown as { generator: string };
    if (generator !== `factpress ${rebuild.generator}`) others.set(version, generator);
  }
  const broken = catalogue.releases.findIndex((entry) => entry.break);
  const kept = broken < 0 ? catalogue : { ...catalogue, releases: catalogue.releases.slice(0, broken + 1) };
  if (broken >= 0)
    notes.push(`History was rewritten before ${catalogue.releases[broken]?.version}: what came before it was not built again.`);
  let first = true;
  await rebuildReleases(rebuild, kept, async (entry, { artifacts }) => {
    const { version, manifest } = entry;
    const other = others.get(version);
    const skip = broken >= 0 && first;
    first = false;
    if (skip) return;
    if (other) {
      notes.push(`${version} was built by ${other}; build it again with that version.`);
      return;
    }
    const files = parseManifest((await store.get(`${dataset}/${version}/SHA256SUMS`))?.bytes ?? new Uint8Array()) ?? [];
    if (artifacts.find(({ name }) => name === "SHA256SUMS")?.sha256 === manifest) return;
    const differing = artifacts.find(
      ({ name, sha256 }) => name !== "SHA256SUMS" && files.find((file) => file.name === name)?.sha256 !== sha256,
    );
    throw new Wrong(`${dataset}/${version}/${differing?.name ?? "SHA256SUMS"}`, "is not what its commit gives when it is built again");
  });
}

/** The pages above datasets, and what every page loads. */
export async function verifyHome(store: Verifying["store"]): Promise<void> {
  const names = await datasetNames(store);
  for (const [key, render] of Object.entries(homeProjections(store, names, await siteOf(store)))) {
    const stored = await store.get(key);
    if (!stored) throw new Wrong(key, "is missing");
    if (!Buffer.from(await render()).equals(stored.bytes)) throw new Wrong(key, "is not what the releases give: it was changed");
  }
  for (const { name, bytes } of ASSETS) {
    const stored = await store.get(`assets/${name}`);
    if (!stored || !Buffer.from(bytes).equals(stored.bytes)) throw new Wrong(`assets/${name}`, "was changed");
  }
}
