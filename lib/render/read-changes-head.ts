import { MAX_DOCUMENT_BYTES } from "../contract/read-limits.ts";
import { CHANGES_FILE } from "../contract/release-files.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { ReleaseFolder } from "../ports/ports.ts";
import { readStoredChangesHead } from "../ports/read-stored.ts";
import type { ChangesFile } from "../release/changes-file.ts";

/** The line of `changes.json` after which only tables follow. */
const TABLES = ',\n "tables": {';

async function readHead({ read }: ReleaseFolder): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of read(CHANGES_FILE)) {
    const searched = Math.max(0, text.length - TABLES.length);
    text += decoder.decode(chunk, { stream: true });
    const end = text.indexOf(TABLES, searched);
    if (end >= 0) return `${text.slice(0, end)}\n}`;
    if (text.length > MAX_DOCUMENT_BYTES) break;
  }
  return text;
}

/**
 * Reads `changes.json` up to its tables, which can be large. Returns undefined if the file of this release, which may be an old one, is
 * missing or damaged: `verify` reports that, and it must not keep a newer release from readers.
 */
export async function readChangesHead(
  folder: ReleaseFolder,
  version: string,
): Promise<Pick<ChangesFile, "summary" | "schema"> | undefined> {
  try {
    return readStoredChangesHead(`${CHANGES_FILE} of ${version}`, Buffer.from(await readHead(folder)));
  } catch (error) {
    if (error instanceof DamagedFileError || (await folder.bytes(CHANGES_FILE)) === undefined) return undefined;
    throw error;
  }
}
