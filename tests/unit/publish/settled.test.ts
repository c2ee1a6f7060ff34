import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import {
  isSettled,
  isSettledHeadDue,
  NEVER_SETTLED,
  NOT_SETTLED,
  readSettled,
  type Settled,
  settledSettings,
  settledUntil,
  wasEverSettled,
  writeSettled,
} from "../../../lib/publish/settled.ts";

const KEY = ".factpress/settled.json";
const NOW = new Date("2026-01-01T00:00:00Z");
const settled: Settled = {
  tip: "a".repeat(40),
  settings: settledSettings(["1"]),
  renewHead: settledUntil(NOW),
  queued: { b: [2, NOW.getTime()] },
};
const now = { tip: settled.tip, settings: settled.settings };

describe("the result of the last complete run", () => {
  it("is read as it was written, and missing before the first run", async () => {
    const store = memoryStore();
    const file = await readSettled(store);
    expect(file).toEqual({ settled: undefined, etag: null });
    await writeSettled(store, file, settled);
    expect((await readSettled(store)).settled).toEqual(settled);
    const more = { ...settled, refusedUntil: "2026-01-02T00:00:00.000Z", failure: "a build failed" };
    await writeSettled(store, await readSettled(store), more);
    expect((await readSettled(store)).settled).toEqual(more);
  });

  it("is also read as it was written before the first complete run", async () => {
    const store = memoryStore();
    await writeSettled(store, { settled: undefined, etag: null }, NEVER_SETTLED);
    expect(await readSettled(store)).toMatchObject({ settled: { tip: NOT_SETTLED, settings: "", renewHead: "", queued: {} } });
  });

  it("does not replace the file of a concurrent run", async () => {
    const store = memoryStore();
    const file = await readSettled(store);
    await writeSettled(store, file, settled);
    await writeSettled(store, file, { ...settled, tip: "b".repeat(40) });
    expect((await readSettled(store)).settled).toEqual(settled);
  });

  it("is read even if an earlier version stored only how often a commit was queued", async () => {
    const store = memoryStore();
    await writeSettled(store, { settled: undefined, etag: null }, { ...settled, queued: { b: 3 } } as never);
    expect((await readSettled(store)).settled).toEqual({ ...settled, queued: { b: [3, 0] } });
  });

  it.each(["{", "null", "[]", '"text"', JSON.stringify({ ...settled, queued: { b: ["2", 0] } }), JSON.stringify({ ...settled, tip: 1 })])(
    "is ignored if it is damaged: %s",
    async (text) => {
      const store = memoryStore();
      await store.putIfMatch(KEY, Buffer.from(text), null);
      expect(await readSettled(store)).toMatchObject({ settled: undefined, etag: expect.any(String) });
    },
  );

  it("distinguishes a complete run from the state that a tick wrote before the first one", () => {
    expect(
      [undefined, { ...NEVER_SETTLED, queued: { b: [1, 0] as const } }, { ...settled, tip: NOT_SETTLED }, settled].map(wasEverSettled),
    ).toEqual([false, false, true, true]);
  });

  it("is valid for a tip and settings; the head is due after a day", () => {
    expect(isSettled(settled, now, NOW)).toBe(true);
    expect(isSettled(undefined, now, NOW)).toBe(false);
    expect(isSettled(settled, { ...now, tip: "c" }, NOW)).toBe(false);
    expect(isSettled(settled, { ...now, settings: settledSettings(["2"]) }, NOW)).toBe(false);
    const refusedUntil = "2026-01-02T00:00:00.000Z";
    expect(isSettled({ ...settled, refusedUntil }, now, new Date("2026-01-01T23:59:59.999Z"))).toBe(true);
    expect(isSettled({ ...settled, refusedUntil }, now, new Date(refusedUntil))).toBe(false);
    const day = 24 * 60 * 60 * 1000;
    expect(isSettledHeadDue(settled, new Date(NOW.getTime() + day - 1))).toBe(false);
    expect(isSettledHeadDue(settled, new Date(NOW.getTime() + day))).toBe(true);
  });
});
