import type { ChildProcess } from "node:child_process";
import { BroadcastChannel, isMainThread } from "node:worker_threads";
import { hasErrorCode } from "../folder/has-error-code.ts";

interface GitProcess {
  pid: number;
  isRunning: boolean;
}

const openChannel = (): BroadcastChannel => {
  const channel = new BroadcastChannel("factpress-git");
  channel.unref();
  return channel;
};

let ofThread: BroadcastChannel | undefined;

/** Tells the main thread of a process that this thread started: it outlives the thread if that is ended. */
export function announceGitProcess(child: ChildProcess): void {
  const { pid } = child;
  if (isMainThread || pid === undefined) return;
  ofThread ??= openChannel();
  const channel = ofThread;
  channel.postMessage({ pid, isRunning: true } satisfies GitProcess);
  child.once("exit", () => channel.postMessage({ pid, isRunning: false } satisfies GitProcess));
}

/** Follows the git processes of other threads; the result kills those that run. Until this process ends, their numbers are not used again. */
export function followGitProcesses(): () => void {
  const running = new Set<number>();
  openChannel().onmessage = (event) => {
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
