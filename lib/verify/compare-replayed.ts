import { catalogueObjectKey } from "../contract/catalogue-object-key.ts";
import { FIRST_FORMATS } from "../contract/first-formats.ts";
import { FIRST_LAYOUT } from "../contract/layout.ts";
import { MANIFEST_FILE } from "../contract/release-files.ts";
import type { Store } from "../ports/ports.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { parseManifestText } from "../release/manifest-text.ts";
import { NO_LINES } from "../render/put-record-lines.ts";
import { isRecordLinesObjectKey } from "../render/record-lines-object-key.ts";
import type { ReplayStore } from "./replay-store.ts";
import { VerificationError } from "./verification-error.ts";

const NOT_REBUILT = "differs from a rebuild of its commit";

const layoutOf = (entry: CatalogueEntry): number => entry.layout ?? FIRST_LAYOUT;
const formatsOf = ({ formats = FIRST_FORMATS }: CatalogueEntry): string => formats.join(", ");

/** Compares a release in a store with its replay, which started from `count` releases. Returns the first difference, if any. */
export async function compareReplayed(
  store: Pick<Store, "get">,
  entry: CatalogueEntry,
  rebuild: ReplayStore,
  count: number,
): Promise<VerificationError | undefined> {
  const { dataset, releases } = rebuild.catalogue();
  const added = releases.slice(0, releases.length - count).reverse();
  const message = entryDifference(entry, added);
  if (message !== undefined) return new VerificationError(catalogueObjectKey(dataset), message);
  const own = added.find(({ commit }) => commit === entry.commit);
  if (own?.manifest === entry.manifest) return lineDifference(store, rebuild);
  return fileDifference(store, `${dataset}/${entry.version}/`, rebuild);
}

/** Compares an entry with the entries rebuilt from git. */
function entryDifference(entry: CatalogueEntry, added: readonly CatalogueEntry[]): string | undefined {
  const { version, commit } = entry;
  const own = added.find((rebuilt) => rebuilt.commit === commit);
  const extra = added.find((rebuilt) => rebuilt.commit !== commit);
  if (extra) return `lacks a release of commit ${extra.commit}, which the rebuild from git has before ${version}`;
  if (!own) return `lists ${version}, but the rebuild from git makes no release of its commit ${commit}`;
  for (const property of ["version", "date", "level", "comparedWith", "break", "retyped"] as const)
    if (own[property] !== entry[property])
      return `lists ${property} of ${version} as ${entry[property] ?? "not set"}, but the rebuild from git has ${own[property] ?? "none"}`;
  if (layoutOf(own) !== layoutOf(entry))
    return `lists layout of ${version} as ${layoutOf(entry)}, but the rebuild from git has ${layoutOf(own)}`;
  if (formatsOf(own) !== formatsOf(entry))
    return `lists formats of ${version} as ${formatsOf(entry)}, but the rebuild from git has ${formatsOf(own)}`;
  return undefined;
}

/** Finds the first file of a release that differs from its rebuild. */
async function fileDifference(store: Pick<Store, "get">, at: string, rebuild: ReplayStore): Promise<VerificationError> {
  const stored = await store.get(`${at}SHA256SUMS`);
  const files = stored && parseManifestText(stored.bytes);
  // Without a manifest, the file that differs is unknown.
  if (!files) return new VerificationError(`${at}SHA256SUMS`, NOT_REBUILT);
  const names = new Set([...files.map(({ name }) => name), ...[...rebuild.put.keys()].map((key) => key.slice(at.length))]);
  names.delete(MANIFEST_FILE);
  const name = [...names]
    .sort()
    .find((name) => files.find((file) => file.name === name)?.sha256 !== rebuild.put.get(`${at}${name}`)?.sha256);
  return new VerificationError(`${at}${name ?? MANIFEST_FILE}`, NOT_REBUILT);
}

/** Compares the list of record lines, which is derived from the commit as well. */
async function lineDifference(store: Pick<Store, "get">, rebuild: ReplayStore): Promise<VerificationError | undefined> {
  for (const [key, bytes] of rebuild.written) {
    if (!isRecordLinesObjectKey(key)) continue;
    const stored = await store.get(key);
    if (stored && !Buffer.from(bytes).equals(stored.bytes) && !NO_LINES.equals(stored.bytes))
      return new VerificationError(key, NOT_REBUILT);
  }
  return undefined;
}
