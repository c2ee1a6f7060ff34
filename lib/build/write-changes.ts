import { CHANGES_FILE } from "../contract/release-files.ts";
import type { Artifact, Workspace } from "../ports/ports.ts";
import type { ChangesHead } from "../release/changes-file.ts";
import type { Difference } from "../release/difference.ts";
import { changesChunks } from "./changes-chunks.ts";

/** Writes `changes.json` into a workspace. `spools`: the workspace with the lists of the difference. */
export async function writeChanges(head: ChangesHead, difference: Difference, spools: Workspace, workspace: Workspace): Promise<Artifact> {
  const writer = await workspace.create(CHANGES_FILE);
  for await (const chunk of changesChunks(head, difference, spools)) await writer.write(chunk);
  return writer.close();
}
