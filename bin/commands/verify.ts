import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileAliases } from "../../lib/adapters/aliases-file.ts";
import { engineThreads } from "../../lib/adapters/engine-threads.ts";
import { GENERATOR } from "../../lib/adapters/generator.ts";
import { findRepository } from "../../lib/adapters/git-repository.ts";
import { readNamedFile } from "../../lib/adapters/named-file.ts";
import { MAX_KEY_BYTES } from "../../lib/adapters/read-limits.ts";
import { makeKeyFile } from "../../lib/adapters/signer-file.ts";
import { directoryStore } from "../../lib/adapters/store-directory.ts";
import { httpReader } from "../../lib/adapters/store-http.ts";
import { harmless } from "../../lib/dataset/harmless.ts";
import { datasetNames } from "../../lib/pipeline/project-dataset.ts";
import { storedRelease } from "../../lib/pipeline/projections.ts";
import { CannotRebuild } from "../../lib/pipeline/rebuild.ts";
import { type Verified, type Verifying, verifyDataset, verifyHome, verifyRelease, Wrong } from "../../lib/pipeline/verify.ts";
import { type KeySet, keySetText, parseKeySet } from "../../lib/release/signature.ts";
import { findDatasets, UsageError } from "../datasets.ts";
import { openReader, openTemporary, placeToWrite } from "../places.ts";
import { shellWord } from "../shell-word.ts";
import { out, plural } from "../terminal.ts";
import { historyOf } from "./publish.ts";

interface VerifyOptions {
  keys?: string;
  rebuild?: boolean;
}

/** What is to be verified: whole stores, one dataset of one, or one release. */
interface Asked {
  store: Verifying["store"];
  aliases?: Verifying["aliases"];
  /** Undefined: all of the store. */
  dataset?: string;
  /** The folder of one release, seen from the store. */
  release?: string;
}

async function askedAt(place: string): Promise<Asked> {
  if (/^https?:\/\//.test(place)) {
    const url = new URL(place.endsWith("/") ? place : `${place}/`);
    const [dataset, version] = url.pathname.split("/").filter(Boolean).slice(-2);
    if (version && /^\d+\.\d+\.\d+$/.test(version))
      return { store: httpReader(new URL("../../", url).href), release: `${dataset}/${version}` };
    const name = version ?? dataset;
    if (!name) throw new UsageError(`Name a dataset: ${place}${place.endsWith("/") ? "" : "/"}NAME/`);
    return { store: httpReader(new URL("../", url).href), dataset: name };
  }
  if (place.startsWith("s3://")) return { store: await openReader(place) };
  const folder = resolve(place);
  if (!existsSync(folder)) throw new UsageError(`There is nothing at ${place}`);
  const store = (root: string): Pick<Asked, "store" | "aliases"> => ({
    store: directoryStore(root),
    ...(existsSync(join(root, ".factpress")) ? { aliases: fileAliases(directoryStore(root)) } : {}),
  });
  if (existsSync(join(folder, "SHA256SUMS"))) return { ...store(dirname(folder)), release: basename(folder) };
  if (existsSync(join(folder, "releases.json"))) return { ...store(dirname(folder)), dataset: basename(folder) };
  if (!existsSync(join(folder, ".factpress")))
    throw new UsageError(`${place} is neither a store, nor a dataset of one, nor a release: it holds no releases.json and no SHA256SUMS`);
  return store(folder);
}

function report(name: string, { releases, files, bytes, unsigned, removed, keys, notes }: Verified): void {
  const signed =
    keys.length === 0
      ? unsigned.length === 0
        ? "signed"
        : "nothing is signed"
      : unsigned.length === 0
        ? `all signed by ${keys.join(", ")}`
        : `signed by ${keys.join(", ")}, but not: ${unsigned.slice(0, 20).join(", ")}`;
  out(
    `${name}  as it should be: ${plural(releases, "release")}, ${plural(files, "file")}, ${(bytes / 1_000_000).toFixed(1)} MB; ${signed}`,
  );
  if (removed.length > 0) out(`  removed: ${removed.join(", ")}`);
  for (const note of notes) out(`  ${note}`);
}

async function trustedKeys(path: string): Promise<KeySet> {
  const bytes = await readNamedFile(path, MAX_KEY_BYTES).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new UsageError(`There is no file ${path}`) : error;
  });
  try {
    const keys = parseKeySet(bytes);
    if (keys.keys.length > 0) return keys;
    throw new Error("no key");
  } catch (error) {
    throw new UsageError(`${path} is no list of public keys (jwks.json): ${(error as Error).message}`, { cause: error });
  }
}

export async function verify(place: string, options: VerifyOptions): Promise<number> {
  const { store, aliases, dataset, release } = await askedAt(place);
  const trusted = options.keys === undefined ? {} : { keys: await trustedKeys(options.keys) };
  try {
    if (release !== undefined) {
      if (options.rebuild) throw new UsageError("--rebuild needs the whole dataset: name its folder or address, not one release");
      report(release, await verifyRelease(storedRelease(store, release), trusted.keys));
      return 0;
    }
    const names = dataset === undefined ? await datasetNames(store) : [dataset];
    if (names.length === 0) throw new UsageError(`${place} holds no dataset`);
    for (const name of names) {
      const rebuild = options.rebuild
        ? {
            history: await historyOf((await findDatasets(name))[0] as Awaited<ReturnType<typeof findDatasets>>[number]),
            startEngine: engineThreads,
            openWorkspace: openTemporary,
            generator: GENERATOR,
          }
        : undefined;
      report(
        name,
        await verifyDataset({ store, dataset: name, ...trusted, ...(aliases ? { aliases } : {}), ...(rebuild ? { rebuild } : {}) }),
      );
    }
    if (dataset === undefined && aliases) await verifyHome(store);
    return 0;
  } catch (error) {
    if (!(error instanceof Wrong || error instanceof CannotRebuild)) throw error;
    out(harmless(error.message));
    return 1;
  }
}

/** Makes a key for signatures, outside every repository. */
export async function key(path: string): Promise<number> {
  const repository = await findRepository(dirname(resolve(path)));
  if (repository)
    throw new UsageError(`${path} lies in the git repository ${repository.root}: a private key must not. Name a file outside.`);
  await placeToWrite(path);
  if (existsSync(path)) throw new UsageError(`${path} exists already; nothing was written`);
  const publicKey = await makeKeyFile(path);
  out(`${path} holds the private key: keep it safe. Sign with --key ${shellWord(path)} or FACTPRESS_KEY=${shellWord(path)}.`);
  out("\nIts public key, for .well-known/jwks.json of your repository, by which others verify:");
  process.stdout.write(keySetText({ keys: [publicKey] }));
  return 0;
}
