import { tmpdir } from "node:os";
import { workerData } from "node:worker_threads";
import { folderWorkspace } from "../lib/adapters/folder/folder-workspace.ts";
import type { Workspace } from "../lib/ports/ports.ts";

/** Uses the folder of the run if there is one: it is removed when the process ends. */
export const openTemporaryWorkspace = (): Promise<Workspace> =>
  folderWorkspace((workerData as { temporary?: string } | null)?.temporary ?? tmpdir());

/** Opens workspaces, passes them to `use`, and discards them afterwards. */
export async function withWorkspaces<T>(count: number, use: (...workspaces: Workspace[]) => Promise<T>): Promise<T> {
  const workspaces: Workspace[] = [];
  for (let i = 0; i < count; i += 1) workspaces.push(await openTemporaryWorkspace());
  try {
    return await use(...workspaces);
  } finally {
    for (const workspace of workspaces) await workspace.discard();
  }
}
