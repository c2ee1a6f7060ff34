import { isUtf8 } from "node:buffer";
import { readPlainFile } from "../lib/adapters/folder/read-plain-file.ts";

/** The text of a file; undefined if it is not UTF-8, which would lose characters. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readPlainFile(path);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}
