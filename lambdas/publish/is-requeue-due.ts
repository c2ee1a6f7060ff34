import type { Queued } from "../../lib/publish/settled.ts";

const HOUR_MS = 3_600_000;

/**
 * Time until a commit is queued again, by how often it was queued; after the last of these, a day. The first is shorter than the time between two
 * ticks. So a commit that cannot get a verdict costs little, and one whose verdict an outage of the forge prevented gets it in the end.
 */
const WAITS_MS = [HOUR_MS / 6, HOUR_MS, 6 * HOUR_MS];

/** Whether a commit that has no verdict is queued now. */
export function isRequeueDue(queued: Queued | undefined, nowMs: number): boolean {
  if (!queued) return true;
  const [times, lastMs] = queued;
  return nowMs - lastMs >= (WAITS_MS[times - 1] ?? 24 * HOUR_MS);
}
