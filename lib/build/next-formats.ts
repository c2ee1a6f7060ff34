import { FIRST_FORMATS } from "../contract/first-formats.ts";
import type { Dataset } from "../dataset/dataset.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import { FORMATS } from "../formats/formats.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { Runtime } from "../ports/runtime.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";

/**
 * A new dataset whose records hold more bytes than this is large: it is published in CSV, NDJSON and Parquet (docs/formats.md). 100,000
 * records reach it at 84 bytes each.
 */
export const LARGE_DATASET_BYTES = 8 * 1024 * 1024;

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

async function defaultNames({ dataset, source, runtime }: ReadableDataset): Promise<string[]> {
  const tables = new Set([...dataset.files.values()].flat());
  const bytes = (await source.list()).reduce((sum, file) => sum + (tables.has(file.path) ? file.bytes : 0), 0);
  const isLarge = bytes > LARGE_DATASET_BYTES;
  return (runtime.formats ?? FORMATS).filter(({ isForSmallOnly }) => !(isLarge && isForSmallOnly)).map(({ name }) => name);
}

/**
 * A dataset with the formats of its next release: those that `dataset.json` names, otherwise those of the newest release, so that no file
 * comes or goes by itself. A first release takes the defaults. `rebuilt` is an entry that is built again.
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
