import { beforeAll, describe, expect, it } from "vitest";
import { HEAD_OBJECT_KEY } from "../../../lib/contract/head-object-key.ts";
import { attackWithKey, attackWithoutKey, isFresh, makeVictim, randomFrom, type Victim } from "../../trust/attacks.ts";
import { attackTwins, makeTwins } from "../../trust/twin-attacks.ts";

/** Whether a store serves the signed head of a state. */
const sameHead = (objects: ReadonlyMap<string, Uint8Array>, state: ReadonlyMap<string, Uint8Array> | undefined): boolean =>
  Buffer.from(objects.get(HEAD_OBJECT_KEY) ?? "").equals(state?.get(HEAD_OBJECT_KEY) ?? Buffer.from("-"));

const DAY = 24 * 60 * 60 * 1000;
/** The suite `trust` runs 10,000. */
const COUNT = Number(process.env["FACTPRESS_ATTACKS"] ?? 60);

let victim: Victim;
beforeAll(async () => {
  victim = await makeVictim();
});

describe(`${COUNT / 2} attacks on a store of two datasets by someone with write access to the bucket`, () => {
  it("are detected without the signing key: no dataset passes for another, none is added, and only an old head can drop one", async () => {
    const twins = await makeTwins();
    const random = randomFrom(20261130);
    const accepted: string[] = [];
    const tried = new Set<string>();
    for (let i = 0; i < COUNT / 2; i += 1) {
      const { names, forged, whole, forgedInWhole, objects } = await attackTwins(twins, random);
      for (const name of names) tried.add(name);
      const isLessThanHead = whole !== undefined && whole.length < 2 && !sameHead(objects, twins.states[0]);
      if (forged.length + forgedInWhole.length > 0 || isLessThanHead)
        accepted.push(`${i}: ${names.join(", then ")}: ${[...forged, ...forgedInWhole].join(", ") || "a dataset was dropped"}`);
    }
    expect(accepted).toEqual([]);
    expect(tried.size).toBe(8);
  }, 3_600_000);
});

describe(`${COUNT} attacks by someone with write access to the bucket`, () => {
  it("are detected without the signing key if the publisher's keys are given, except for old states, which a fresh head excludes", async () => {
    const random = randomFrom(20261128);
    const accepted: string[] = [];
    for (let i = 0; i < COUNT; i += 1) {
      const { names, isAccepted, honest } = await attackWithoutKey(victim, random);
      if (!isAccepted) continue;
      if (honest === undefined) accepted.push(`${i}: ${names.join(", then ")}`);
      else expect(isFresh(victim.states[honest] as Map<string, Uint8Array>, 4 * DAY)).toBe(false);
    }
    expect(accepted).toEqual([]);
  }, 3_600_000);

  it("are detected by a rebuild from git or a remembered head, even with the key", async () => {
    const random = randomFrom(41);
    const unnoticed: string[] = [];
    for (let i = 0; i < Math.ceil(COUNT / 50); i += 1) {
      const { name, rebuilt, remembered } = await attackWithKey(victim, random);
      if (rebuilt === "accepted" && remembered === "accepted") unnoticed.push(name);
    }
    expect(unnoticed).toEqual([]);
  }, 3_600_000);

  it("look like an honest state as long as their head is fresh", () => {
    for (const state of victim.states) expect([isFresh(state, 3 * DAY), isFresh(state, 3 * DAY + 1000)]).toEqual([true, false]);
  });
});
