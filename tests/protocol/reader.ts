import { createHash } from "node:crypto";
import type { Catalogue } from "../../lib/release/catalogue.ts";
import { parseManifestText } from "../../lib/release/manifest-text.ts";
import { parseCatalogue } from "../../lib/release/parse-catalogue.ts";
import type { World } from "./world.ts";

// The content of a store is checked after every call, and replaced as a whole, never changed in place.
const catalogues = new WeakMap<Uint8Array, Catalogue>();
const hashes = new WeakMap<Uint8Array, string>();
function sha256(bytes: Uint8Array): string {
  const hash = hashes.get(bytes) ?? createHash("sha256").update(bytes).digest("hex");
  hashes.set(bytes, hash);
  return hash;
}

function catalogueOf(bytes: Uint8Array): Catalogue {
  const catalogue = catalogues.get(bytes) ?? parseCatalogue(bytes);
  catalogues.set(bytes, catalogue);
  return catalogue;
}

/** A promise to readers that was broken. */
export class Broken extends Error {
  override name = "Broken";
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Broken(what);
}

/**
 * Reads the store as readers do, after every call of a publisher. Every listed release is complete and never changes, the catalogue only
 * grows, `latest` is listed and never moves back, and an exact version is served only if it is listed.
 */
export class Reader {
  readonly #world: World;
  #before: Catalogue | undefined;
  /** Version → hash of all its files, once it is listed. */
  readonly #whole = new Map<string, string>();
  #latest = -1;
  #seen: unknown[] = [];
  constructor(world: World) {
    this.#world = world;
  }

  #folder(version: string): Map<string, string> {
    const files = new Map<string, string>();
    for (const [key, bytes] of this.#world.objects)
      if (key.startsWith(`d/${version}/`)) files.set(key.slice(version.length + 3), sha256(bytes));
    return files;
  }

  /** Whether nothing was written since the last call. */
  #isSame({ objects, entries }: World): boolean {
    const now = [...objects.keys(), ...objects.values(), ...entries.keys(), ...entries.values()];
    const before = this.#seen;
    this.#seen = now;
    return now.length === before.length && now.every((value, i) => value === before[i]);
  }

  look(): void {
    if (this.#isSame(this.#world)) return;
    const stored = this.#world.objects.get("d/releases.json");
    const { entries } = this.#world;
    if (!stored) {
      must(![...entries.keys()].some((key) => key !== "d/mark"), "aliases without a catalogue");
      return;
    }
    const catalogue = catalogueOf(stored);
    const { releases } = catalogue;
    const before = this.#before?.releases ?? [];
    must(
      JSON.stringify(releases.slice(releases.length - before.length)) === JSON.stringify(before),
      "the catalogue lost or changed an entry",
    );
    for (const list of ["withdrawn", "removed"] as const)
      must(
        JSON.stringify(catalogue[list].slice(0, this.#before?.[list].length ?? 0)) === JSON.stringify(this.#before?.[list] ?? []),
        `an event of ${list} is gone`,
      );
    this.#before = catalogue;
    must(new Set(releases.map(({ version }) => version)).size === releases.length, "a version is listed twice");
    must(new Set(releases.map(({ commit }) => commit)).size === releases.length, "a commit was released twice");
    for (const { version, manifest } of releases) {
      const removed = catalogue.removed.some((event) => event.version === version);
      const files = this.#folder(version);
      must(files.get("SHA256SUMS") === manifest, `SHA256SUMS of ${version} is not the listed one`);
      files.delete("SHA256SUMS.jws");
      const all = JSON.stringify([...files].sort());
      if (removed) continue;
      if (this.#whole.get(version) === all) continue;
      must(!this.#whole.has(version), `files of ${version} changed after it was listed`);
      const named = parseManifestText(this.#world.objects.get(`d/${version}/SHA256SUMS`) as Uint8Array) ?? [];
      for (const { name, sha256 } of named)
        must(files.get(name) === sha256, `${version}/${name} is missing or other than its manifest says`);
      must(files.size === named.length + 1, `${version} holds a file that its manifest does not name`);
      this.#whole.set(version, all);
    }
    const latest = entries.get("d/latest");
    if (latest !== undefined) {
      const at = releases.length - 1 - releases.findIndex(({ version }) => version === latest);
      must(at < releases.length, `latest leads to ${latest}, which is not listed`);
      const taken = [...catalogue.withdrawn, ...catalogue.removed].length > 0;
      must(at >= this.#latest || taken, `latest moved back to ${latest}`);
      this.#latest = at;
    }
    for (const [key, value] of entries) {
      const version = /^d\/(\d+\.\d+\.\d+)$/.exec(key)?.[1] ?? (/^d\/(\d+|\d+\.\d+)$/.test(key) ? value : undefined);
      must(
        version === undefined || releases.some((entry) => entry.version === version),
        `the alias ${key} leads to a version that is not listed`,
      );
    }
  }
}
