import type { Workspace } from "../ports/ports.ts";
import { type ChangesHead, changesFileParts } from "../release/changes-file.ts";
import type { Difference } from "../release/difference.ts";
import { recordLines } from "./record-lines.ts";

/** Streams the text of `changes.json`. `workspace`: where the lists of the difference were spooled. */
export async function* changesChunks(head: ChangesHead, difference: Difference, workspace: Workspace): AsyncGenerator<Uint8Array> {
  for (const part of changesFileParts(head, difference)) {
    if (typeof part === "string") {
      yield Buffer.from(part);
      continue;
    }
    let separator = "    ";
    for await (const line of recordLines(workspace.read(difference.tables[part.table]?.spools[part.list] as string))) {
      yield Buffer.from(`${separator}${line}`);
      separator = ",\n    ";
    }
  }
}
