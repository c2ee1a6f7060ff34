import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { everyHour } from "../../../bin/every-hour.ts";

beforeEach(() => void vi.useFakeTimers({ now: new Date("2026-11-29T22:20:00Z") }));
afterEach(() => void vi.useRealTimers());

it("runs at the start of every hour, including midnight, until it is stopped", () => {
  const times: string[] = [];
  const stop = everyHour(() => void times.push(new Date().toISOString().slice(0, 19)));
  vi.advanceTimersByTime(3 * 60 * 60 * 1000);
  expect(times).toEqual(["2026-11-29T23:00:01", "2026-11-30T00:00:01", "2026-11-30T01:00:01"]);
  stop();
  vi.advanceTimersByTime(3 * 60 * 60 * 1000);
  expect(times).toHaveLength(3);
});
