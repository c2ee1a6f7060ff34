import { expect, it } from "vitest";
import { isRequeueDue } from "../../../lambdas/publish/is-requeue-due.ts";
import type { Queued } from "../../../lib/publish/settled.ts";

it("queues a commit without a verdict at each tick at first, then less and less often, and never stops", () => {
  const TICK_MINUTES = 15;
  const queuedAt: number[] = [];
  let queued: Queued | undefined;
  for (let minute = 0; minute <= 4 * 24 * 60; minute += TICK_MINUTES) {
    if (!isRequeueDue(queued, minute * 60_000)) continue;
    queued = [(queued?.[0] ?? 0) + 1, minute * 60_000];
    queuedAt.push(minute);
  }
  expect(queuedAt.map((minute) => minute / 60)).toEqual([0, 0.25, 1.25, 7.25, 31.25, 55.25, 79.25]);
});
