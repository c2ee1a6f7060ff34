import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { announceToMain, openAnnouncementChannel } from "../threads/open-announcement-channel.ts";
import { hasErrorCode } from "./has-error-code.ts";

const CHANNEL = "factpress-workspaces";

/** Announces to the main thread a folder in which this thread creates workspaces. */
export const announceWorkspaces = (parent: string): void => announceToMain(CHANNEL, parent);

/** Tracks the workspaces of other threads, whose names start with `prefix`. The returned function removes the remaining ones. */
export function followWorkspaces(prefix: string): () => void {
  const channel = openAnnouncementChannel(CHANNEL);
  const parents = new Set<string>();
  channel.onmessage = (event) => void parents.add((event as { data: string }).data);
  const namesIn = (parent: string): string[] => {
    try {
      return readdirSync(parent).filter((name) => name.startsWith(prefix));
    } catch (error) {
      // Already removed.
      if (hasErrorCode(error, "ENOENT")) return [];
      throw error;
    }
  };
  return () => {
    // Messages that arrived since the last turn of the event loop.
    const port = channel as unknown as MessagePort;
    for (let found = receiveMessageOnPort(port); found; found = receiveMessageOnPort(port)) parents.add(found.message as string);
    for (const parent of parents) for (const name of namesIn(parent)) rmSync(join(parent, name), { recursive: true, force: true });
  };
}
