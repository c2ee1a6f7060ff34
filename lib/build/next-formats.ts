import { FIRST_FORMATS } from "../contract/first-formats.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import { FORMATS } from "../formats/formats.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { isLargeDataset } from "./is-large-dataset.ts";

/** A release has a format that this version of the tool cannot write. */
class UnknownFormatError extends Error {
  override name = "UnknownFormatError";
}

type Formats = Pick<CatalogueEntry, "version" | "formats">;

function knownNames({ version, formats = FIRST_FORMATS }: Formats, dataset: Dataset, runtime: Runtime): readonly string[] {
  const known = runtime.formats ?? FORMATS;
  const unknown = formats.find((name) => !known.some((format) => format.name === name));
  if (unknown !== undefined)
    throw new UnknownFormatError(
      `${dataset.metadata.name} ${version} was published by a newer Factpress (format ${unknown}). Upgrade Factpress, and publish again.`,
    );
  return formats;
}

async function defaultNames(read: ReadableDataset): Promise<string[]> {
  const isLarge = await isLargeDataset(read);
  return (read.runtime.formats ?? FORMATS).filter(({ isForSmallOnly }) => !(isLarge && isForSmallOnly)).map(({ name }) => name);
}

/**
 * A dataset with the formats of its next release: the formats that `dataset.json` names, otherwise the formats of the newest
 * release, so that no file appears or disappears by itself. A first release has the defaults. `rebuilt`: the entry of a
 * release that is rebuilt.
 */
export async function nextFormats(
  read: ReadableDataset,
  { newest, rebuilt }: { newest?: Formats | undefined; rebuilt?: Formats | undefined } = {},
): Promise<Dataset> {
  const { dataset, runtime } = read;
  const { metadata } = dataset;
  if (rebuilt) return { ...dataset, formats: knownNames(rebuilt, dataset, runtime) };
  if (metadata.release?.formats) return { ...dataset, formats: datasetFormats(dataset, runtime.formats).map(({ name }) => name) };
  if (newest) return { ...dataset, formats: knownNames(newest, dataset, runtime) };
  return { ...dataset, formats: await defaultNames(read) };
}
