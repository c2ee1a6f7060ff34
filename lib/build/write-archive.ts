import type { ArchiveFormat, FinishedFile } from "../formats/format.ts";
import type { Artifact } from "../ports/ports.ts";
import { type FormatWorkspace, openFormatFile } from "./format-files.ts";

/** Writes an archive of finished files. */
export async function writeArchive(
  { name, format }: { name: string; format: ArchiveFormat },
  files: readonly FinishedFile[],
  workspace: FormatWorkspace,
): Promise<Artifact> {
  const file = await workspace.create(name);
  await format.write(files, openFormatFile(file, name, workspace));
  return file.close();
}
