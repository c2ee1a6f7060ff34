import { memoryStore } from "../../lib/adapters/memory/memory-store.ts";
import { HEAD_OBJECT_KEY } from "../../lib/contract/head-object-key.ts";
import type { KeySet } from "../../lib/release/key-set.ts";
import { HOME } from "../../lib/render/home-projections.ts";
import { projectHome } from "../../lib/render/project-home.ts";
import { NAMES } from "../../lib/render/published-dataset-names.ts";
import { datasetsToVerify } from "../../lib/verify/datasets-to-verify.ts";
import { verifyHome } from "../../lib/verify/verify-home.ts";
import { Branch } from "../protocol/world.ts";
import { type Objects, pick, type Random, sha256 } from "./attacks.ts";
import { NOW, publishSigned, remote, type Signed, verifyD } from "./signed-world.ts";

/** Valid states of one store of two datasets, oldest first: `e` comes after the first. */
export interface Twins {
  signed: Signed;
  states: Objects[];
}

const DATASETS = ["d", "e"];

export async function makeTwins(): Promise<Twins> {
  const d = new Branch();
  const e = new Branch();
  const make = (branch: Branch, name: string, value: string) => branch.push({ name, title: name, records: { a: value, b: name } });
  let signed: Signed | undefined;
  const states: Objects[] = [];
  const steps = [() => make(d, "d", "1"), () => make(e, "e", "1"), () => make(d, "d", "2"), () => make(e, "e", "2")];
  for (const [i, step] of steps.entries()) {
    step();
    const histories = new Map([["d", d], ...(i === 0 ? [] : [["e", e] as const])] as const);
    signed = await publishSigned(histories, signed, { now: new Date(NOW.getTime() + i * 60_000) });
    states.push(new Map(signed.objects));
  }
  return { signed: signed as Signed, states };
}

const text = (objects: Objects, key: string): string => Buffer.from(objects.get(key) ?? new Uint8Array()).toString();

const isOf = (key: string, name: string): boolean => key.startsWith(`${name}/`) || key.startsWith(`pages/${name}/`);

/** Files of one dataset or of its pages, under the name of the other. */
const renamed = (objects: Objects, from: string, to: string): Objects =>
  new Map([...objects].filter(([key]) => isOf(key, from)).map(([key, bytes]) => [key.replace(`${from}/`, `${to}/`), bytes]));

const drop = (objects: Objects, name: string): void => {
  for (const key of [...objects.keys()]) if (isOf(key, name)) objects.delete(key);
};

/** Lists these datasets, and renders the home pages, which are not signed. */
async function list(objects: Objects, names: readonly string[]): Promise<void> {
  objects.delete(NAMES);
  await projectHome(memoryStore(objects), names);
}

/** Catalogues that name the dataset of their folder, and the manifests that are there. */
function fitCatalogue(objects: Objects, name: string): void {
  const key = `${name}/releases.json`;
  const other = name === "d" ? "e" : "d";
  const manifest = (version: string): string => sha256(objects.get(`${name}/${version}/SHA256SUMS`) ?? new Uint8Array());
  const named = text(objects, key).replace(`"dataset": "${other}"`, `"dataset": "${name}"`);
  const fitted = named.replaceAll(
    /("version": "([\d.]+)"[^}]*"manifest": ")[0-9a-f]{64}"/g,
    (_, before, version) => `${before}${manifest(version)}"`,
  );
  if (objects.has(key)) objects.set(key, Buffer.from(fitted));
}

interface Attack {
  name: string;
  apply(objects: Objects, twins: Twins, random: Random): Promise<void> | void;
}

const ATTACKS: Attack[] = [
  {
    name: "swap the datasets",
    apply(objects, _twins, random) {
      const swapped = [renamed(objects, "d", "e"), renamed(objects, "e", "d")];
      for (const name of DATASETS) drop(objects, name);
      for (const files of swapped) for (const [key, bytes] of files) objects.set(key, bytes);
      if (random(2) === 0) for (const name of DATASETS) fitCatalogue(objects, name);
    },
  },
  {
    name: "put one dataset in place of the other",
    apply(objects, _twins, random) {
      const [from, to] = random(2) === 0 ? ["d", "e"] : ["e", "d"];
      const files = renamed(objects, from as string, to as string);
      drop(objects, to as string);
      for (const [key, bytes] of files) objects.set(key, bytes);
      if (random(2) === 0) fitCatalogue(objects, to as string);
    },
  },
  {
    name: "put a release of one dataset in place of one of the other",
    apply(objects, _twins, random) {
      const [from, to] = random(2) === 0 ? ["d", "e"] : ["e", "d"];
      const [source, target] = [pick(random, ["1.0.0", "1.0.1"]), pick(random, ["1.0.0", "1.0.1", "1.0.2"])];
      for (const key of [...objects.keys()]) if (key.startsWith(`${to}/${target}/`)) objects.delete(key);
      for (const [key, bytes] of [...objects])
        if (key.startsWith(`${from}/${source}/`)) objects.set(key.replace(`${from}/${source}/`, `${to}/${target}/`), bytes);
      if (random(2) === 0) fitCatalogue(objects, to as string);
    },
  },
  {
    name: "put an object of one dataset in place of one of the other",
    apply(objects, _twins, random) {
      const keys = (name: string): string[] => [...objects.keys()].filter((key) => isOf(key, name) && !key.endsWith(".lines.json"));
      const [from, to] = random(2) === 0 ? ["d", "e"] : ["e", "d"];
      const target = pick(random, keys(to as string));
      const same = target?.replace(`${to}/`, `${from}/`);
      const source = random(2) === 0 && same !== undefined && objects.has(same) ? same : pick(random, keys(from as string));
      if (source !== undefined && target !== undefined) objects.set(target, objects.get(source) as Uint8Array);
    },
  },
  {
    name: "drop a dataset",
    async apply(objects, { states }, random) {
      const name = pick(random, DATASETS);
      drop(objects, name);
      if (random(3) > 0)
        await list(
          objects,
          DATASETS.filter((other) => other !== name),
        );
      const head = pick(random, [undefined, ...states.map((state) => state.get(HEAD_OBJECT_KEY))]);
      if (random(2) === 0) return;
      if (head) objects.set(HEAD_OBJECT_KEY, head);
      else objects.delete(HEAD_OBJECT_KEY);
    },
  },
  {
    name: "list fewer datasets, and leave their files",
    apply: (objects, _twins, random) => list(objects, pick(random, [["d"], ["e"], []])),
  },
  {
    name: "add a copy under another name",
    async apply(objects, _twins, random) {
      const from = pick(random, DATASETS);
      for (const [key, bytes] of renamed(objects, from, "f")) objects.set(key, bytes);
      objects.set("f/releases.json", Buffer.from(text(objects, "f/releases.json").replace(`"dataset": "${from}"`, '"dataset": "f"')));
      if (random(2) === 0) await list(objects, [...DATASETS, "f"]);
    },
  },
  {
    name: "serve one dataset as it was earlier",
    apply(objects, { states }, random) {
      const name = pick(random, DATASETS);
      const state = pick(random, states);
      drop(objects, name);
      for (const [key, bytes] of state) if (isOf(key, name)) objects.set(key, bytes);
      if (random(2) === 0) objects.set(HEAD_OBJECT_KEY, pick(random, states).get(HEAD_OBJECT_KEY) as Uint8Array);
      if (random(2) === 0) for (const key of [NAMES, ...HOME]) objects.set(key, state.get(key) as Uint8Array);
    },
  },
];

/** The files of a dataset that `verify` reads. No release names the files of 1.0.2: docs/verify.md lists them. */
const isRead = (key: string, name: string): boolean => isOf(key, name) && !key.endsWith(".lines.json") && !key.startsWith(`${name}/1.0.2/`);

const isHonest = (objects: Objects, name: string, { states }: Twins): boolean =>
  states.some((state) =>
    [...new Set([...state.keys(), ...objects.keys()])]
      .filter((key) => isRead(key, name))
      .every((key) => Buffer.from(state.get(key) ?? "-").equals(objects.get(key) ?? Buffer.from("-"))),
  );

/** Whether a dataset is served as the publisher left it. */
const isUntouched = (objects: Objects, name: string, { states }: Twins): boolean => {
  const last = states.at(-1) as Objects;
  const keys = [...new Set([...last.keys(), ...objects.keys()])].filter((key) => isOf(key, name));
  return keys.every((key) => objects.get(key) === last.get(key));
};

/** The datasets that `verify` accepts when it verifies a whole store; undefined if it rejects the store. */
async function acceptedStore(objects: Objects, keys: KeySet, twins: Twins): Promise<string[] | undefined> {
  const store = memoryStore(objects);
  const folders = [...objects.keys()].flatMap((key) => /^([a-z]+)\/releases\.json$/.exec(key)?.[1] ?? []);
  const { names, unlisted } = await datasetsToVerify({ store, keys, folders });
  const verified = [];
  // Datasets that an attack changed come first, because usually the first is refused.
  const isLater = (name: string): number => Number(isUntouched(objects, name, twins));
  for (const dataset of [...names].sort((a, b) => isLater(a) - isLater(b))) verified.push(await verifyD(store, { dataset, keys }));
  await verifyHome(store);
  return unlisted.length === 0 && verified.every(({ uncompared }) => uncompared.length === 0) ? names : undefined;
}

const unlessRefused = async <T>(work: Promise<T>): Promise<T | undefined> =>
  work.catch((error: Error) => {
    if (!["VerificationError", "CatalogueError", "DamagedFileError"].includes(error.name)) throw error;
    return undefined;
  });

export interface TwinOutcome {
  /** The attacks, in order. */
  names: string[];
  /** Datasets that are accepted one by one over HTTP although they were never published. */
  forged: string[];
  /** Datasets that are accepted with the whole store; undefined if it is rejected. */
  whole: string[] | undefined;
  /** Datasets of `whole` that were never published. */
  forgedInWhole: string[];
  objects: Objects;
}

/** Runs some attacks without the key on a store of two datasets, one after the other, and reads the result with the publisher's key. */
export async function attackTwins(twins: Twins, random: Random): Promise<TwinOutcome> {
  const objects: Objects = new Map(twins.states.at(-1));
  const names: string[] = [];
  for (let i = 0; i < 1 + random(2); i += 1) {
    const attack = pick(random, ATTACKS);
    names.push(attack.name);
    try {
      await attack.apply(objects, twins, random);
    } catch (error) {
      // An attack before this one has left a catalogue of which no page can be made.
      if ((error as Error).name !== "CatalogueError") throw error;
    }
  }
  const { keys } = twins.signed.signer;
  const forged: string[] = [];
  for (const dataset of [...DATASETS, "f"]) {
    if (isUntouched(objects, dataset, twins)) continue;
    const verified = await unlessRefused(verifyD(remote(objects), { dataset, keys }));
    if (verified?.uncompared.length === 0 && !isHonest(objects, dataset, twins)) forged.push(dataset);
  }
  const whole = await unlessRefused(acceptedStore(objects, keys, twins));
  return { names, forged, whole, forgedInWhole: (whole ?? []).filter((name) => !isHonest(objects, name, twins)), objects };
}
