import { createHash } from "node:crypto";
import { FIRST_LAYOUT, LAYOUT } from "../contract/layout.ts";
import { datasetInLayout } from "../dataset/dataset-in-layout.ts";
import { datasetFormats } from "../formats/dataset-formats.ts";
import type { ReadableDataset } from "../ports/readable-dataset.ts";
import type { CatalogueEntry } from "../release/catalogue.ts";
import { datapackage } from "../release/datapackage.ts";
import { majorIsAnnounced } from "../release/major-is-announced.ts";
import type { Package } from "../release/shape-changes.ts";
import { buildDatasetTables } from "./build-dataset.ts";
import type { FormatWorkspace } from "./format-files.ts";
import { NO_RELEASE } from "./release-side.ts";

/** The newest release was built by a newer version of the tool. */
class NewerLayoutError extends Error {
  override name = "NewerLayoutError";
}

/** A workspace that keeps only hashes of the files written to it. */
function hashingWorkspace(): FormatWorkspace {
  const nothing = (): never => {
    throw new Error("A format that depends on the layout must not use temporary files");
  };
  return {
    read: nothing,
    slice: nothing,
    async create(name) {
      const hash = createHash("sha256");
      let bytes = 0;
      return {
        async write(chunk) {
          hash.update(chunk);
          bytes += chunk.length;
        },
        close: async () => ({ name, bytes, sha256: hash.digest("hex") }),
      };
    },
  };
}

/**
 * A hash of what readers see of a dataset in a layout: bytes, and the names, types and values in `datapackage.json`. Undefined if
 * the records have problems.
 */
async function visibleHash(read: ReadableDataset, layout: number): Promise<string | undefined> {
  const { runtime } = read;
  const dataset = datasetInLayout(read.dataset, layout);
  const formats = datasetFormats(dataset, runtime.formats).filter((format) => format.scope === "table" && format.hasLayouts);
  const { artifacts, problemCount } = await buildDatasetTables({ ...read, dataset }, { workspace: hashingWorkspace(), formats });
  if (problemCount > 0) return undefined;
  const { resources } = datapackage(dataset, NO_RELEASE, artifacts, formats) as Package;
  return JSON.stringify(
    resources.map(({ path, hash, schema }) => [path, hash, schema?.fields.map(({ name, type, constraints }) => [name, type, constraints])]),
  );
}

/** Whether readers would see a difference between two layouts of the same records. */
const layoutShows = async (read: ReadableDataset, from: number, to: number): Promise<boolean> =>
  (await visibleHash(read, from)) !== (await visibleHash(read, to));

type Newest = Pick<CatalogueEntry, "version" | "layout"> | undefined;

/**
 * The layout of the next release. If readers would see a difference, a dataset keeps its layout until its next announced major
 * version; otherwise it gets the newest layout at once. `rebuilt`: the layout of a release that is rebuilt, which is kept.
 */
export async function nextLayout(
  read: ReadableDataset,
  { newest, rebuilt }: { newest: Newest; rebuilt?: number | undefined },
): Promise<{ layout: number; shows: boolean }> {
  const { metadata } = read.dataset;
  const last = newest ? (newest.layout ?? FIRST_LAYOUT) : (rebuilt ?? LAYOUT);
  if (rebuilt !== undefined) return { layout: rebuilt, shows: last !== rebuilt && (await layoutShows(read, last, rebuilt)) };
  if (last > LAYOUT)
    throw new NewerLayoutError(
      `${metadata.name} ${newest?.version} was published by a newer Factpress (layout ${last}; this one knows layouts up to ${LAYOUT}). Upgrade Factpress, and publish again.`,
    );
  if (last === LAYOUT) return { layout: LAYOUT, shows: false };
  const now = await visibleHash(read, LAYOUT);
  // The records break a rule of the newest layout, which applies to all new releases: the caller finds the problems.
  if (now === undefined) return { layout: LAYOUT, shows: false };
  const shows = now !== (await visibleHash(read, last));
  const announced = newest !== undefined && majorIsAnnounced(newest.version, metadata.release?.version ?? newest.version);
  return shows && !announced ? { layout: last, shows: false } : { layout: LAYOUT, shows };
}
