import { createHash } from "node:crypto";
import { hostname } from "node:os";
import { hasErrorCode } from "./has-error-code.ts";
import { processStartTime } from "./process-start-time.ts";

/** Whether the process with this pid and start time is running. Pids alone are reused. */
export function isProcessRunning(pid: number, startTime: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: the process is running as another user.
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

/** Whether a file name contains a process tag. */
export const hasProcessTag = (name: string): boolean => TAG.test(name);
