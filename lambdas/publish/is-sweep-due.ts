import type { Queued } from "../../lib/publish/settled.ts";

const HOUR_MS = 3_600_000;

/**
 * How long a commit that was queued so often is left alone; after that, a day. The first is less than the time between two ticks. A commit that
 * cannot get a verdict costs little, and one that GitHub's troubles kept from it gets it without anybody's help.
 */
const WAITS_MS = [HOUR_MS / 6, HOUR_MS, 6 * HOUR_MS];

/** Whether a commit that has no verdict is queued now. */
export function isSweepDue(queued: Queued | undefined, nowMs: number): boolean {
  if (!queued) return true;
  const [times, lastMs] = queued;
  return nowMs - lastMs >= (WAITS_MS[times - 1] ?? 24 * HOUR_MS);
}
