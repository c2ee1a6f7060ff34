import type { Queued } from "../../lib/publish/settled.ts";

const HOUR_MS = 3_600_000;

/**
 * Backoff before a commit is queued again, by how often it was queued; then a day. The first delay is shorter than the interval of ticks. A
 * commit that cannot get a verdict thus costs little, and a commit without a verdict because of an outage of the forge eventually gets it.
 */
const WAITS_MS = [HOUR_MS / 6, HOUR_MS, 6 * HOUR_MS];

/** Whether to queue a commit without a verdict now. */
export function isRequeueDue(queued: Queued | undefined, nowMs: number): boolean {
  if (!queued) return true;
  const [times, lastMs] = queued;
  return nowMs - lastMs >= (WAITS_MS[times - 1] ?? 24 * HOUR_MS);
}
