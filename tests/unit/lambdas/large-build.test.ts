import { beforeEach, describe, expect, it, vi } from "vitest";
import { endLargeBuild, requestLargeBuild, startLargeBuild, unreportedLargeBuild } from "../../../lambdas/publish/large-build.ts";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { BUILD_REQUEST_OBJECT_KEY } from "../../../lib/contract/build-request-object-key.ts";

const [A, B] = ["a".repeat(40), "b".repeat(40)];
const START = Date.parse("2024-01-01T00:00:00Z");
const hours = (count: number): Date => new Date(START + count * 3_600_000);
const ask = (store: ReturnType<typeof memoryStore>, tip: string, now: Date, isForced = false) =>
  requestLargeBuild(store, { tip, datasets: ["d"], isForced }, now);
const stored = (objects: ReadonlyMap<string, Uint8Array>): unknown =>
  JSON.parse(Buffer.from(objects.get(BUILD_REQUEST_OBJECT_KEY) as Uint8Array).toString());

beforeEach(() => {
  vi.stubEnv("LARGE_BUILDS", "true");
  return () => vi.unstubAllEnvs();
});

describe("the request of a build", () => {
  it("is made once at a time, until its end is reported or is long overdue", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    expect(await ask(store, A, hours(0))).toEqual({ state: "requested" });
    expect(await ask(store, B, hours(1.9))).toEqual({ state: "running" });
    expect(await startLargeBuild(store, hours(1.9))).toMatchObject({ tips: [A] });
    expect(await ask(store, B, hours(5.9))).toEqual({ state: "running" });
    expect(await ask(store, B, hours(6.4))).toEqual({ state: "requested" });
    expect(stored(objects)).toEqual({ tips: [A, B], datasets: ["d"], tries: 1, at: hours(6.4).toISOString() });
    expect(await endLargeBuild(store, "SUCCEEDED")).toMatchObject({ tips: [A, B] });
    // The same event again.
    await endLargeBuild(store, "SUCCEEDED");
    expect(await ask(store, B, hours(7))).toEqual({ state: "requested" });
    expect(stored(objects)).toMatchObject({ tips: [A, B], tries: 2 });
  });

  it("is not ended by an event about the build before that comes once more", async () => {
    const store = memoryStore();
    await ask(store, A, hours(0));
    await endLargeBuild(store, "FAILED", "2024-01-01T00:10:00Z");
    expect(await ask(store, A, hours(0.5))).toEqual({ state: "requested" });
    await endLargeBuild(store, "FAILED", "2024-01-01T00:10:00Z");
    expect(await ask(store, A, hours(0.6))).toEqual({ state: "running" });
    await endLargeBuild(store, "FAILED", "2024-01-01T00:40:00Z");
    expect(await ask(store, A, hours(0.7))).toEqual({ state: "requested" });
  });

  it("waits for its reports until they are there, whether its end was reported before or not", async () => {
    for (const endsFirst of [true, false]) {
      const store = memoryStore();
      expect(await unreportedLargeBuild(store, undefined)).toBeUndefined();
      await ask(store, A, hours(0));
      if (endsFirst) await endLargeBuild(store, "SUCCEEDED");
      const waiting = await unreportedLargeBuild(store, undefined);
      expect(waiting).toMatchObject({ commits: [A], datasets: ["d"] });
      await waiting?.setReported();
      expect(await unreportedLargeBuild(store, undefined)).toBeUndefined();
      // That it was reported does not mean that it ended.
      expect(await ask(store, B, hours(1))).toEqual({ state: endsFirst ? "requested" : "running" });
      await endLargeBuild(store, "SUCCEEDED");
      expect((await unreportedLargeBuild(store, undefined))?.commits).toEqual(endsFirst ? [A, B] : undefined);
    }
  });

  it("keeps waiting while something is left to a build, or if builds are not allowed", async () => {
    const store = memoryStore();
    await ask(store, A, hours(0));
    expect([await unreportedLargeBuild(store, "requested"), await unreportedLargeBuild(store, "running")]).toEqual([undefined, undefined]);
    expect((await unreportedLargeBuild(store, undefined))?.commits).toEqual([A]);
    vi.stubEnv("LARGE_BUILDS", "false");
    expect(await unreportedLargeBuild(store, undefined)).toBeUndefined();
  });

  it("is re-sent within three hours if no build started", async () => {
    const store = memoryStore();
    await ask(store, A, hours(0));
    expect(await ask(store, A, hours(2.4))).toEqual({ state: "running" });
    expect(await ask(store, A, hours(2.5))).toEqual({ state: "requested" });
    // The build of the request before is not that of this one.
    expect(await ask(store, A, hours(4.9))).toEqual({ state: "running" });
    expect(await ask(store, A, hours(5))).toEqual({ state: "requested" });
    expect(await ask(store, A, hours(7.4))).toEqual({ state: "running" });
    expect(await ask(store, A, hours(7.5))).toEqual({ state: "requested" });
  });

  it("is not taken once more after its end", async () => {
    const store = memoryStore();
    await ask(store, A, hours(0));
    await endLargeBuild(store, "FAILED");
    await startLargeBuild(store, hours(1));
    expect(await ask(store, B, hours(1))).toEqual({ state: "requested" });
  });

  it("is lost to another run that asks at the same moment", async () => {
    const store = memoryStore();
    const states = await Promise.all([ask(store, A, hours(0)), ask(store, A, hours(1))]);
    expect(states.map(({ state }) => state).sort()).toEqual(["requested", "running"]);
  });

  it("is given up after three builds for one tip, or if no end was reported, with that reason", async () => {
    const store = memoryStore();
    for (const hour of [0, 6, 12]) {
      expect(await ask(store, A, hours(hour))).toEqual({ state: "requested" });
      await startLargeBuild(store, hours(hour));
    }
    expect(await ask(store, A, hours(18))).toEqual({ state: "failed", why: "a build failed 3 times (its end was never reported)" });
    expect(await ask(store, B, hours(18))).toEqual({ state: "requested" });
  });

  it("is requested again for as long as no build takes it: its alarm is the one of builds that do not start", async () => {
    const objects = new Map<string, Uint8Array>();
    const store = memoryStore(objects);
    for (const hour of [0, 3, 6, 9, 12]) expect(await ask(store, A, hours(hour))).toEqual({ state: "requested" });
    expect(stored(objects)).toMatchObject({ tries: 1 });
  });

  it("keeps the ten newest commits that wait", async () => {
    const objects = new Map<string, Uint8Array>();
    const tips = Array.from({ length: 12 }, (_, i) => String(i).padStart(40, "0"));
    for (const [i, tip] of tips.entries()) await ask(memoryStore(objects), tip, hours(6 * i));
    expect(stored(objects)).toMatchObject({ tips: tips.slice(2) });
  });

  it.each(["{", '{"tips":["a"],"datasets":["../x"],"tries":1,"at":"2024-01-01T00:00:00Z"}', '{"tips":"a"}'])(
    "counts as missing if it is damaged: %s",
    async (text) => {
      const store = memoryStore(new Map([[BUILD_REQUEST_OBJECT_KEY, Buffer.from(text)]]));
      expect(await endLargeBuild(store, "FAILED")).toBeUndefined();
      expect(await ask(store, A, hours(0))).toEqual({ state: "requested" });
    },
  );
});
