import type { ChildProcess } from "node:child_process";
import { hasErrorCode } from "../folder/has-error-code.ts";
import { announceToMain, openAnnouncementChannel } from "../threads/open-announcement-channel.ts";

interface GitProcess {
  pid: number;
  isRunning: boolean;
}

const CHANNEL = "factpress-git";

/** Announces to the main thread a git process that this thread started. */
export function announceGitProcess(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  announceToMain(CHANNEL, { pid, isRunning: true } satisfies GitProcess);
  child.once("exit", () => announceToMain(CHANNEL, { pid, isRunning: false } satisfies GitProcess));
}

/**
 * Tracks git processes started by other threads. The returned function kills those still running; their pids cannot have been reused while
 * this process lives.
 */
export function followGitProcesses(): () => void {
  const running = new Set<number>();
  openAnnouncementChannel(CHANNEL).onmessage = (event) => {
    const { pid, isRunning } = (event as { data: GitProcess }).data;
    if (isRunning) running.add(pid);
    else running.delete(pid);
  };
  return () => {
    for (const pid of running)
      try {
        process.kill(pid, "SIGKILL");
      } catch (error) {
        // The process has already exited.
        if (!hasErrorCode(error, "ESRCH")) throw error;
      }
  };
}
