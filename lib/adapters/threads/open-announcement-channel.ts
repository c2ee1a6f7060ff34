import { BroadcastChannel, isMainThread } from "node:worker_threads";

/** A channel between the threads of this process that does not keep them alive. */
export function openAnnouncementChannel(name: string): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  channel.unref();
  return channel;
}

const channels = new Map<string, BroadcastChannel>();

/** Announces to the main thread a resource that outlives this thread if the thread is terminated. A no-op in the main thread. */
export function announceToMain(name: string, message: unknown): void {
  if (isMainThread) return;
  const channel = channels.get(name) ?? openAnnouncementChannel(name);
  channels.set(name, channel);
  channel.postMessage(message);
}
