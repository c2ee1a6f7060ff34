import { PRIVATE_FOLDER } from "../contract/private-folder.ts";
import { DamagedFileError } from "../ports/damaged-file-error.ts";
import type { Store } from "../ports/ports.ts";
import { parseStoredJson } from "./parse-stored-json.ts";

/** Key of the list of all datasets that were published to a store. */
export const NAMES = `${PRIVATE_FOLDER}/datasets.json`;

/** Throws `DamagedFileError` if the list is damaged. */
export function parsePublishedDatasetNames(text: string | Uint8Array): string[] {
  const names = parseStoredJson(text);
  if (!Array.isArray(names) || !names.every((name) => typeof name === "string"))
    throw new DamagedFileError(`${NAMES} is damaged: it is not a list of names. Publish again after deleting it.`);
  return names;
}

/** Every dataset that was published to a store. */
export async function publishedDatasetNames(store: Pick<Store, "get">): Promise<string[]> {
  const stored = await store.get(NAMES);
  return stored ? parsePublishedDatasetNames(stored.bytes) : [];
}
