import { describe, expect, it } from "vitest";
import { SiteChangingError } from "../../../lib/verify/site-changing-error.ts";
import { VerificationError } from "../../../lib/verify/verification-error.ts";
import { verifyThroughCaches } from "../../../lib/verify/verify-through-caches.ts";
import { Branch, world } from "../../protocol/world.ts";
import { randomFrom } from "../../trust/attacks.ts";
import { cachedSite, recorded, type Write } from "../../trust/caches.ts";
import { makeSigner, NOW, publishSigned, verifyD } from "../../trust/signed-world.ts";

/** The suite `trust` uses 200. */
const PUBLISHES = Number(process.env["FACTPRESS_PUBLISHES"] ?? 8);
const READERS = 3;

const site = (values: Record<string, string>, ages: number[] = []) => ({
  get: async (key: string) => ({ bytes: Buffer.from(values[key] ?? ""), etag: "", ageSeconds: ages.shift() ?? 0 }),
  async *read() {},
});
const wrong = (): never => {
  throw new VerificationError("d/releases.json", "is wrong");
};

describe("verifyThroughCaches", () => {
  it(`passes for ${PUBLISHES} publishes that are read through caches of 60 seconds`, async () => {
    const random = randomFrom(7);
    const log: Write[] = [];
    const writing = { now: 1_000 };
    const history = new Branch();
    const w = world();
    const signed = { ...w, store: recorded(w.objects, log, writing), signer: await makeSigner() };
    const times: number[] = [];
    for (let i = 0; i < PUBLISHES; i += 1) {
      const withdrawn = i % 5 === 4 ? { withdrawn: [{ version: "1.0.0", reason: `wrong ${i}` }] } : {};
      await publishSigned(history.push({ records: { a: String(i) }, ...withdrawn }), signed, {
        now: new Date(NOW.getTime() + writing.now * 1000),
      });
      times.push(writing.now);
      writing.now += random(100);
    }
    const outcomes = { fine: 0, undecided: 0 };
    for (const done of times)
      for (let i = 0; i < READERS; i += 1) {
        const clock = { now: Math.max(done - 20 + random(80), times[0] as number) + 61 };
        const wait = async (seconds: number): Promise<void> => {
          clock.now += seconds;
        };
        try {
          const verify = (store: Parameters<typeof verifyD>[0]) => verifyD(store, { keys: signed.signer.keys });
          const { uncompared } = await verifyThroughCaches(cachedSite(log, clock, random), verify, wait);
          outcomes[uncompared.length === 0 ? "fine" : "undecided"] += 1;
        } catch (error) {
          if (!(error instanceof SiteChangingError)) throw error;
          outcomes.undecided += 1;
        }
      }
    expect(outcomes.fine).toBeGreaterThan(outcomes.undecided);
    expect(outcomes.fine + outcomes.undecided).toBe(PUBLISHES * READERS);
  }, 1_800_000);

  it("reads again at once if no cache answered, and after a minute if one did", async () => {
    for (const [key, ages, waits] of [
      ["d/releases.json", [0, 0], []],
      ["d/releases.json", [1, 0], [61]],
      ["my-assets/releases.json", [1, 0], [61]],
      ["pages/d/1.0.0/index.html", [1, 0], [61]],
    ] as const) {
      const waited: number[] = [];
      let tries = 0;
      const verify = async (store: ReturnType<typeof site>) => {
        await store.get(key);
        tries += 1;
        return tries === 1 ? wrong() : "fine";
      };
      const wait = async (seconds: number): Promise<void> => void waited.push(seconds);
      expect(await verifyThroughCaches(site({}, [...ages]), verify as never, wait)).toBe("fine");
      expect([tries, waited]).toEqual([2, waits]);
    }
  });

  it("does not wait for immutable files", async () => {
    const waited: number[] = [];
    const verify = async (store: ReturnType<typeof site>) => {
      await store.get("d/1.0.0/t.csv");
      await store.get("d/1.10.0/t.csv");
      await store.get("assets/page.js");
      return wrong();
    };
    await expect(
      verifyThroughCaches(site({}, [900, 900, 900, 900, 900, 900]), verify as never, async (s) => void waited.push(s)),
    ).rejects.toThrow(VerificationError);
    expect(waited).toEqual([]);
  });

  it("recognizes the same state in any reading order", async () => {
    const orders = [
      ["d/releases.json", ".well-known/x", "e/releases.json"],
      ["e/releases.json", "d/releases.json", ".well-known/x"],
    ];
    const verify = async (store: ReturnType<typeof site>) => {
      for (const key of orders.shift() ?? []) await store.get(key);
      return wrong();
    };
    const values = { "d/releases.json": "1", "e/releases.json": "2", ".well-known/x": "3" };
    await expect(verifyThroughCaches(site(values), verify as never, async () => {})).rejects.toThrow(VerificationError);
  });

  it("fails if it fails twice in the same state, and is undecided if the state has changed", async () => {
    const values: Record<string, string> = { "d/releases.json": "1" };
    const verify = async (store: ReturnType<typeof site>) => {
      await store.get("d/releases.json");
      return wrong();
    };
    await expect(verifyThroughCaches(site(values), verify as never, async () => {})).rejects.toThrow(VerificationError);
    const changing = async (store: ReturnType<typeof site>) => {
      await store.get("d/releases.json");
      values["d/releases.json"] += "1";
      return wrong();
    };
    await expect(verifyThroughCaches(site(values), changing as never, async () => {})).rejects.toThrow(
      new SiteChangingError("d/releases.json is wrong. Something was published to the site meanwhile: try again in a minute."),
    );
  });

  it("rethrows errors that are not verdicts", async () => {
    const failing = async (): Promise<never> => {
      throw new Error("no network");
    };
    await expect(verifyThroughCaches(site({}), failing, async () => {})).rejects.toThrow("no network");
    // Also if the site was published to before the connection was lost.
    let readings = 0;
    const values: Record<string, string> = { "d/releases.json": "1" };
    const failingLater = async (store: ReturnType<typeof site>): Promise<never> => {
      readings += 1;
      await store.get("d/releases.json");
      values["d/releases.json"] += "1";
      return readings === 1 ? wrong() : failing();
    };
    await expect(verifyThroughCaches(site(values), failingLater as never, async () => {})).rejects.toThrow(/^no network$/);
  });
});
