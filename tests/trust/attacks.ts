import { createHash } from "node:crypto";
import { HEAD_OBJECT_KEY } from "../../lib/contract/head-object-key.ts";
import { removeRelease } from "../../lib/publish/remove-release.ts";
import { type Catalogue, catalogueText } from "../../lib/release/catalogue.ts";
import { detachedJws, jwsSigningInput } from "../../lib/release/detached-jws.ts";
import { encodeBase64Url } from "../../lib/release/encode-base64-url.ts";
import { keySetText } from "../../lib/release/key-set.ts";
import {
  parseSignedHead,
  parseSignedHeadFile,
  type SignedHead,
  signedHeadFileText,
  signedHeadHeader,
  signedHeadInput,
  signedHeadText,
} from "../../lib/release/signed-head.ts";
import { KEPT_FILES, tombstoneText } from "../../lib/release/tombstone-text.ts";
import { nothingVerified, type Verified } from "../../lib/verify/nothing-verified.ts";
import { verifyFresh } from "../../lib/verify/verify-fresh.ts";
import { Branch, type Made, world } from "../protocol/world.ts";
import { makeSigner, NOW, publishSigned, rebuildD, refusalOf, remote, type Signed, verifyD } from "./signed-world.ts";

export type Random = (below: number) => number;

/** A generator of numbers that are the same for the same seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

export type Objects = Map<string, Uint8Array>;

/** Valid states of one store, oldest first, and what an attacker may use. */
export interface Victim {
  history: Branch;
  signed: Signed;
  states: Objects[];
  /** Another valid store of the same publisher, with the same key and another dataset. */
  other: Objects;
  attacker: Awaited<ReturnType<typeof makeSigner>>;
}

const records = (...pairs: [string, string][]): Made => ({ records: Object.fromEntries(pairs) });
const COMMITS: Made[] = [
  records(["a", "1"], ["b", "1"]),
  records(["a", "2"], ["b", "1"]),
  records(["a", "2"], ["b", "1"], ["c", "1"]),
  { ...records(["a", "2"], ["b", "1"], ["c", "1"]), withdrawn: [{ version: "1.0.1", reason: "wrong" }] },
  records(["a", "3"], ["b", "2"], ["c", "1"]),
  { ...records(["a", "3"], ["b", "2"], ["c", "1"]), removed: [{ version: "1.0.0", reason: "court" }] },
];

export async function makeVictim(): Promise<Victim> {
  const history = new Branch();
  let signed: Signed | undefined;
  const states: Objects[] = [];
  for (const [i, made] of COMMITS.entries()) {
    signed = await publishSigned(history.push(made), signed, { now: new Date(NOW.getTime() + i * 60_000) });
    states.push(new Map(signed.objects));
  }
  const last = signed as Signed;
  await removeRelease(last.store, last.aliases, "d", "1.0.0");
  states.push(new Map(last.objects));
  const other = await publishSigned(new Branch().push(records(["z", "9"]), records(["z", "8"])), { ...last, ...world() });
  return { history, signed: last, states, other: other.objects, attacker: await makeSigner() };
}

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
export const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;
const text = (objects: Objects, key: string): string => Buffer.from(objects.get(key) ?? new Uint8Array()).toString();

/** The files that a reader of the dataset reads. */
const isRead = (key: string): boolean =>
  (/^(d|assets|pages\/d|\.well-known)\//.test(key) || key === "pages/site.json") && !/\.lines\.json$/.test(key);

interface Attack {
  name: string;
  apply(objects: Objects, victim: Victim, random: Random): Promise<void> | void;
}

const setCatalogue = (objects: Objects, change: (catalogue: Catalogue) => Partial<Catalogue>): void => {
  let catalogue: Catalogue;
  try {
    catalogue = JSON.parse(text(objects, "d/releases.json")) as Catalogue;
    objects.set("d/releases.json", Buffer.from(catalogueText({ ...catalogue, ...change(catalogue) })));
  } catch (error) {
    // An attack before this one has left no catalogue.
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
};

/** Changes a release and adapts the manifest and the catalogue; the signature is left, dropped, or made with another key. */
async function forgeRelease(objects: Objects, { attacker }: Victim, random: Random): Promise<void> {
  const version = pick(random, ["1.0.1", "1.1.0", "1.1.1"]);
  const at = `d/${version}/`;
  objects.set(`${at}t.csv`, Buffer.from("id,value\r\na,EVIL\r\n"));
  // An attack before this one may have put something else there.
  if (!text(objects, `${at}datapackage.json`).startsWith("{")) return;
  const about = JSON.parse(text(objects, `${at}datapackage.json`)) as { resources?: { path: string; hash: string }[] };
  for (const resource of about.resources ?? [])
    if (resource.path === "t.csv") resource.hash = `sha256:${sha256(objects.get(`${at}t.csv`) as Uint8Array)}`;
  objects.set(`${at}datapackage.json`, Buffer.from(JSON.stringify(about)));
  const manifest = text(objects, `${at}SHA256SUMS`)
    .split("\n")
    .filter(Boolean)
    .map((line) => `${sha256(objects.get(`${at}${line.slice(66)}`) ?? new Uint8Array())}  ${line.slice(66)}\n`)
    .join("");
  objects.set(`${at}SHA256SUMS`, Buffer.from(manifest));
  setCatalogue(objects, ({ releases }) => ({
    releases: releases.map((entry) => (entry.version === version ? { ...entry, manifest: sha256(Buffer.from(manifest)) } : entry)),
  }));
  const how = random(3);
  if (how === 0) objects.delete(`${at}SHA256SUMS.jws`);
  if (how === 1) {
    const { kid } = attacker.publicKey;
    const signature = await attacker.sign(jwsSigningInput(kid, Buffer.from(manifest)));
    objects.set(`${at}SHA256SUMS.jws`, Buffer.from(detachedJws(kid, signature)));
    objects.set(".well-known/jwks.json", Buffer.from(keySetText(attacker.keys)));
  }
}

async function forgeHead(objects: Objects, victim: Victim, random: Random): Promise<void> {
  const file = parseSignedHeadFile(victim.states.at(-1)?.get(HEAD_OBJECT_KEY) as Uint8Array);
  const head = parseSignedHead(Buffer.from(file.payload, "base64url"));
  const changed: SignedHead = { ...head, expires: "2999-01-01T00:00:00Z", datasets: random(2) === 0 ? {} : head.datasets };
  const payload = encodeBase64Url(Buffer.from(signedHeadText(changed)));
  const { kid } = victim.attacker.publicKey;
  const own = {
    payload,
    protected: signedHeadHeader(kid),
    signature: encodeBase64Url(await victim.attacker.sign(signedHeadInput(kid, payload))),
  };
  objects.set(HEAD_OBJECT_KEY, Buffer.from(signedHeadFileText(random(2) === 0 ? own : { ...file, payload })));
}

/** Attacks by someone who can write to the bucket but lacks the key. */
const WITHOUT_KEY: Attack[] = [
  {
    name: "flip a bit",
    apply(objects, _victim, random) {
      const key = pick(random, [...objects.keys()].filter(isRead));
      const bytes = Buffer.from(objects.get(key) as Uint8Array);
      if (bytes.length === 0) return;
      const at = random(bytes.length);
      bytes[at] = (bytes[at] as number) ^ (1 << random(8));
      objects.set(key, bytes);
    },
  },
  { name: "delete an object", apply: (objects, _victim, random) => void objects.delete(pick(random, [...objects.keys()].filter(isRead))) },
  {
    name: "put another object in its place",
    apply(objects, { other }, random) {
      const from = random(2) === 0 ? objects : other;
      objects.set(pick(random, [...objects.keys()].filter(isRead)), from.get(pick(random, [...from.keys()])) as Uint8Array);
    },
  },
  {
    name: "serve an object as it was earlier",
    apply(objects, { states }, random) {
      const key = pick(random, [...objects.keys()].filter(isRead));
      const before = pick(random, states).get(key);
      if (before) objects.set(key, before);
      else objects.delete(key);
    },
  },
  {
    name: "drop the newest releases from the catalogue",
    apply(objects, { states }, random) {
      setCatalogue(objects, ({ releases }) => ({ releases: releases.slice(1 + random(releases.length)) }));
      const heads = [undefined, objects.get(HEAD_OBJECT_KEY), pick(random, states).get(HEAD_OBJECT_KEY)];
      const head = pick(random, heads);
      if (head) objects.set(HEAD_OBJECT_KEY, head);
      else objects.delete(HEAD_OBJECT_KEY);
    },
  },
  {
    name: "serve the pages and the catalogue of an earlier state, and no head",
    apply(objects, { states }, random) {
      const state = pick(random, states.slice(0, -1));
      objects.clear();
      for (const [key, bytes] of state) objects.set(key, bytes);
      objects.delete(HEAD_OBJECT_KEY);
    },
  },
  {
    name: "change an entry of the catalogue",
    apply(objects, _victim, random) {
      const [word, value] = pick<[string, unknown]>(random, [
        ["break", true],
        ["level", "minor"],
        ["date", "2024-02-02T00:00:00Z"],
        ["date", null],
        ["commit", "f".repeat(40)],
        ["version", "9.9.9"],
        ["version", "../../OUTSIDE"],
        ["comparedWith", "1.0.0"],
        ["layout", 1],
        ["manifest", "0".repeat(64)],
        ["extra", 1],
      ]);
      const at = random(4);
      setCatalogue(objects, ({ releases }) => ({ releases: releases.map((entry, i) => (i === at ? { ...entry, [word]: value } : entry)) }));
    },
  },
  {
    name: "change withdrawals and removals",
    apply(objects, { states }, random) {
      const list = pick(random, ["withdrawn", "removed"] as const);
      const event = { version: pick(random, ["1.0.1", "1.1.0", "1.1.1", "8.8.8"]), reason: "forged", commit: null, date: null };
      setCatalogue(objects, (catalogue) => ({ [list]: pick(random, [[...catalogue[list], event], [event, ...catalogue[list]], []]) }));
      if (random(2) === 0) objects.set(HEAD_OBJECT_KEY, pick(random, states).get(HEAD_OBJECT_KEY) as Uint8Array);
    },
  },
  { name: "forge a release", apply: forgeRelease },
  { name: "forge the head", apply: forgeHead },
  {
    name: "serve one release as another",
    apply(objects, { other }, random) {
      const [from, to] = [pick(random, ["1.0.0", "1.0.1", "1.1.0"]), pick(random, ["1.1.1", "2.0.0"])];
      const source = random(2) === 0 ? objects : other;
      for (const [key, bytes] of [...source]) if (key.startsWith(`d/${from}/`)) objects.set(key.replace(`/${from}/`, `/${to}/`), bytes);
      const manifest = sha256(objects.get(`d/${to}/SHA256SUMS`) ?? new Uint8Array());
      setCatalogue(objects, ({ releases }) => ({
        releases: releases.some(({ version }) => version === to)
          ? releases.map((entry) => (entry.version === to ? { ...entry, manifest } : entry))
          : [{ ...(releases[0] as Catalogue["releases"][0]), version: to, manifest }, ...releases],
      }));
    },
  },
  {
    name: "bury a file under words of one's own",
    apply(objects, _victim, random) {
      const version = pick(random, ["1.0.0", "1.0.1", "1.1.1"]);
      const words = pick(random, ["", tombstoneText(version, "forged"), `${tombstoneText(version, "court")}id,value\r\na,EVIL\r\n`]);
      objects.set(`d/${version}/${pick(random, ["t.csv", "t.json", "schema.json", "README.md", "changes.json"])}`, Buffer.from(words));
    },
  },
  {
    name: "rewrite pages",
    apply(objects, _victim, random) {
      const pages = [...objects.keys()].filter((key) => /^(pages\/d\/|assets\/|d\/feed)/.test(key) && isRead(key));
      const count = random(2) === 0 ? pages.length : 1 + random(3);
      for (let i = 0; i < count; i += 1)
        objects.set(count === pages.length ? (pages[i] as string) : pick(random, pages), Buffer.from("<h1>EVIL"));
      if (random(4) === 0) objects.set("pages/site.json", Buffer.from('{"url":"https://evil.example"}\n'));
    },
  },
];

/** A forged copy of the history, which an attacker with the key publishes instead. */
type Forgery = { name: string; commits(random: Random): Made[] };

const edited = (random: Random, change: (made: Made, i: number) => Made | undefined): Made[] => {
  const at = random(COMMITS.length);
  return COMMITS.flatMap((made, i) => {
    const done = i === at ? change(made, i) : made;
    return done ? [done] : [];
  });
};

const WITH_KEY: Forgery[] = [
  {
    name: "other data in a commit",
    commits: (random) =>
      edited(random, (made) => ({ ...made, records: { ...made.records, [pick(random, ["a", "b", "e"])]: `EVIL ${random(1000)}` } })),
  },
  {
    name: "a record that is gone, and a major version",
    commits: (random) => edited(random, (made) => ({ ...made, records: { a: "2" }, version: "2.0.0" })),
  },
  {
    name: "a withdrawal of one's own",
    commits: (random) => edited(random, (made) => ({ ...made, withdrawn: [{ version: "1.0.0", reason: `forged ${random(1000)}` }] })),
  },
  {
    name: "a removal of one's own",
    commits: (random) => edited(random, (made) => ({ ...made, removed: [{ version: "1.0.0", reason: `forged ${random(1000)}` }] })),
  },
  { name: "another title", commits: (random) => edited(random, (made) => ({ ...made, title: `EVIL ${random(1000)}` })) },
  { name: "the newest commits dropped", commits: (random) => COMMITS.slice(0, 1 + random(4)) },
  {
    name: "a commit that does not pass",
    commits(random) {
      const broken = pick(random, [0, 1, 2, 4]);
      return COMMITS.map((made, i) => (i === broken ? { ...made, broken: true } : made));
    },
  },
  {
    name: "another date",
    commits: (random) => edited(random, (made, i) => ({ ...made, date: `2024-01-0${i + 1}T0${1 + random(9)}:00:00Z` })),
  },
  { name: "more commits", commits: (random) => [...COMMITS, records(["a", `EVIL ${random(1000)}`], ["b", "2"], ["c", "1"])] },
];

export interface Outcome {
  /** Whether a reader with the publisher's key accepts it: nothing wrong, nothing that could not be compared. */
  isAccepted: boolean;
  /** The valid state that a reader is shown, if any. */
  honest: number | undefined;
}

/**
 * What an attacker may change without deceiving a reader who has the keys and cannot list folders: the store's own list of keys,
 * files of a removed release and their tombstones, and files that no release names. docs/verify.md lists them.
 */
function isUnprotected(key: string): boolean {
  const [, , file = ""] = key.split("/");
  return key === ".well-known/jwks.json" || (key.startsWith("d/1.0.0/") && !KEPT_FILES.includes(file));
}

const sameFor = (a: Objects, b: Objects): boolean => {
  const keys = new Set([...a.keys(), ...b.keys()].filter((key) => isRead(key) && !isUnprotected(key)));
  return [...keys].every((key) => Buffer.from(a.get(key) ?? "-").equals(b.get(key) ?? Buffer.from("-")));
};

/** Runs some attacks without the key on the newest state, one after the other, and reads the result with the publisher's key. */
export async function attackWithoutKey(victim: Victim, random: Random): Promise<Outcome & { names: string[] }> {
  const objects: Objects = new Map(victim.states.at(-1));
  const names: string[] = [];
  for (let i = 0; i < 1 + random(3); i += 1) {
    const attack = pick(random, WITHOUT_KEY);
    names.push(attack.name);
    await attack.apply(objects, victim, random);
  }
  const store = remote(objects);
  const verified = await verifyD(store, { keys: victim.signed.signer.keys }).catch((error: Error) => {
    if (error.name !== "VerificationError") throw new Error(`${names.join(", then ")}: ${error.stack}`);
    return undefined;
  });
  const honest = victim.states.findIndex((state) => sameFor(state, objects));
  return { names, isAccepted: verified?.uncompared.length === 0, honest: honest < 0 ? undefined : honest };
}

/** Whether `--fresh` accepts the head of a valid state, some time after it was signed. */
export function isFresh(state: Objects, later: number): boolean {
  const head = parseSignedHead(Buffer.from(parseSignedHeadFile(state.get(HEAD_OBJECT_KEY) as Uint8Array).payload, "base64url"));
  const verified: Verified = { ...nothingVerified(), head };
  try {
    verifyFresh("d", verified, new Date(Date.parse(head.issued) + later));
  } catch (error) {
    if ((error as Error).name !== "VerificationError") throw error;
    return false;
  }
  return verified.uncompared.length === 0;
}

/** Publishes a forged history with the publisher's key, and says who notices. */
export async function attackWithKey(
  victim: Victim,
  random: Random,
): Promise<{ name: string; isPinnedAccepted: boolean; rebuilt: string; remembered: string }> {
  const forgery = pick(random, WITH_KEY);
  const forged = await publishSigned(new Branch().push(...forgery.commits(random)), { ...victim.signed, ...world() });
  const keys = victim.signed.signer.keys;
  const kept = parseSignedHead(
    Buffer.from(parseSignedHeadFile(victim.states.at(-1)?.get(HEAD_OBJECT_KEY) as Uint8Array).payload, "base64url"),
  );
  return {
    name: forgery.name,
    isPinnedAccepted: (await verifyD(remote(forged.objects), { keys })).uncompared.length === 0,
    rebuilt: await refusalOf(rebuildD(forged.objects, victim.history)),
    remembered: await refusalOf(verifyD(remote(forged.objects), { keys, kept: [{ head: kept, from: "an earlier head" }] })),
  };
}
