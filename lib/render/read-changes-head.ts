import { MAX_CHANGES_BYTES } from "../contract/read-limits.ts";
import { CHANGES_FILE } from "../contract/release-files.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readStoredChanges } from "../ports/read-stored.ts";
import type { ChangesFile } from "../release/changes-file.ts";

/** The line of `changes.json` after which only tables follow. */
const TABLES = ',\n "tables": {';

/** Reads `changes.json` up to its tables, which can be large. Throws `DamagedFileError`. */
export async function readChangesHead(folder: ReleaseFolder, version: string): Promise<Pick<ChangesFile, "summary" | "schema">> {
  const decoder = new TextDecoder();
  let text = "";
  let end = -1;
  for await (const chunk of folder.read(CHANGES_FILE)) {
    const searched = Math.max(0, text.length - TABLES.length);
    text += decoder.decode(chunk, { stream: true });
    end = text.indexOf(TABLES, searched);
    if (end >= 0 || text.length > MAX_CHANGES_BYTES) break;
  }
  const head = end < 0 ? text : `${text.slice(0, end)}\n}`;
  return readStoredChanges(`${CHANGES_FILE} of ${version}`, Buffer.from(head));
}
