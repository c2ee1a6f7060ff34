import { isUtf8 } from "node:buffer";
import { readRegularFile } from "../lib/adapters/folder/read-regular-file.ts";

/** The text of a file; undefined if it is not UTF-8, because decoding would lose characters. */
export async function readText(path: string): Promise<string | undefined> {
  const bytes = await readRegularFile(path);
  return isUtf8(bytes) ? bytes.toString("utf8") : undefined;
}
