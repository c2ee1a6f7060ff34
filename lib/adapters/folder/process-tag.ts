import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { hasErrorCode } from "./has-error-code.ts";
import { processStartTime } from "./process-start-time.ts";

/** Whether a process is running and is the one that started then: pids are reused. */
export function isProcessRunning(pid: number, startTime: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is running, as another user.
    if (!hasErrorCode(error, "EPERM")) return false;
  }
  return processStartTime(pid) === startTime;
}

export const processHost = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
let ownStartTime: string | undefined;

/** Identifies this process in a file name: pid, start time and machine. */
export function processTag(): string {
  ownStartTime ??= processStartTime("self");
  return `${process.pid}-${ownStartTime}-${processHost}`;
}

export const TAG = /(?:^|[-.])(\d+)-(\d*)-([0-9a-f]{8})(?:[-.]|$)/;

/** Whether a file name identifies the process that made it. */
export const hasProcessTag = (name: string): boolean => TAG.test(name);
