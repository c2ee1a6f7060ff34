import { isDatasetName } from "../contract/dataset-name.ts";
import type { Aliases, ReadableStore } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { ASSETS } from "../site/assets.ts";
import { VerificationError } from "./verification-error.ts";

/** Maximum names in a note. */
const MAX_NAMED = 5;

const datasetOf = (alias: string): string => alias.split("/")[0] as string;

/** Whether the store contains a dataset by now: a publisher may have added it after the datasets were listed. */
const isDatasetIn = async (store: ReadableStore, name: string): Promise<boolean> =>
  isDatasetName(name) && (await readCatalogue(store, name)) !== undefined;

/**
 * Throws if a store has an alias of a dataset that it does not contain. `datasets`: the verified datasets. Returns a note on files in
 * `assets/` that no page of this version uses, if any.
 */
export async function verifyNothingAdded(
  store: ReadableStore,
  aliases: Pick<Aliases, "list"> | undefined,
  datasets: readonly string[],
): Promise<string | undefined> {
  if (aliases)
    for await (const key of aliases.list(""))
      if (!datasets.includes(datasetOf(key)) && !(await isDatasetIn(store, datasetOf(key))))
        throw new VerificationError(`the alias ${key}`, "exists, but the store contains no such dataset");
  if (!store.list) return undefined;
  const known = new Set(ASSETS.map(({ name }) => `assets/${name}`));
  const other: string[] = [];
  for await (const { key } of store.list("assets/")) if (!known.has(key)) other.push(key);
  if (other.length === 0) return undefined;
  const shown = other.sort().slice(0, MAX_NAMED).join(", ");
  return `No page of this version uses ${shown}${other.length > MAX_NAMED ? `, and ${other.length - MAX_NAMED} more files in assets/` : ""}: another version wrote them, or someone added them.`;
}
