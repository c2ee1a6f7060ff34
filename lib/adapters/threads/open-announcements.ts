import { BroadcastChannel, isMainThread } from "node:worker_threads";

/** A channel between the threads of this process that keeps none of them running. */
export function openAnnouncements(name: string): BroadcastChannel {
  const channel = new BroadcastChannel(name);
  channel.unref();
  return channel;
}

const channels = new Map<string, BroadcastChannel>();

/** Tells the main thread of what outlives this thread if that is ended. Does nothing in the main thread. */
export function announceToMain(name: string, message: unknown): void {
  if (isMainThread) return;
  const channel = channels.get(name) ?? openAnnouncements(name);
  channels.set(name, channel);
  channel.postMessage(message);
}
