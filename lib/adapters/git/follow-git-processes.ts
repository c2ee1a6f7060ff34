import type { ChildProcess } from "node:child_process";
import { hasErrorCode } from "../folder/has-error-code.ts";
import { announceToMain, openAnnouncements } from "../threads/open-announcements.ts";

interface GitProcess {
  pid: number;
  isRunning: boolean;
}

const CHANNEL = "factpress-git";

/** Tells the main thread of a process that this thread started. */
export function announceGitProcess(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  announceToMain(CHANNEL, { pid, isRunning: true } satisfies GitProcess);
  child.once("exit", () => announceToMain(CHANNEL, { pid, isRunning: false } satisfies GitProcess));
}

/** Follows the git processes of other threads; the result kills those that run. Until this process ends, their numbers are not used again. */
export function followGitProcesses(): () => void {
  const running = new Set<number>();
  openAnnouncements(CHANNEL).onmessage = (event) => {
    const { pid, isRunning } = (event as { data: GitProcess }).data;
    if (isRunning) running.add(pid);
    else running.delete(pid);
  };
  return () => {
    for (const pid of running)
      try {
        process.kill(pid, "SIGKILL");
      } catch (error) {
        // It has ended meanwhile.
        if (!hasErrorCode(error, "ESRCH")) throw error;
      }
  };
}
