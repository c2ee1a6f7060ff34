import { tmpdir } from "node:os";
import { workerData } from "node:worker_threads";
import { folderWorkspace } from "../lib/adapters/folder/folder-workspace.ts";
import type { Workspace } from "../lib/ports/ports.ts";

/** In a thread with limits, the folder is removed with the thread. */
export const openTemporaryWorkspace = (): Promise<Workspace> =>
  folderWorkspace((workerData as { temporary?: string } | null)?.temporary ?? tmpdir());

/** Opens workspaces, passes them to `use`, and removes them afterwards. */
export async function withWorkspaces<T>(count: number, use: (...workspaces: Workspace[]) => Promise<T>): Promise<T> {
  const workspaces: Workspace[] = [];
  for (let i = 0; i < count; i += 1) workspaces.push(await openTemporaryWorkspace());
  try {
    return await use(...workspaces);
  } finally {
    for (const workspace of workspaces) await workspace.discard();
  }
}
