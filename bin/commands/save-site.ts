import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { originUrl } from "../../lib/adapters/git/origin-url.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { writeSite } from "../../lib/render/site.ts";
import { findDatasetRepository } from "../dataset-repository.ts";
import { DATA, type DatasetFolder } from "../find-datasets.ts";
import { UsageError } from "../usage-error.ts";
import { parseSiteUrl } from "./parse-site-url.ts";

/** Stores the addresses that pages link to: those of the site and of the repository that was cloned. */
export async function saveSite(
  store: Store,
  address: string,
  { repository, data }: { repository: GitRepository | undefined; data: string },
  bucket?: string | false,
): Promise<void> {
  const url = parseSiteUrl(address);
  const origin = repository && (await originUrl(repository));
  const readable = bucket === undefined ? {} : { bucket: bucket === false ? undefined : bucket };
  await writeSite(store, { url, ...readable, ...(origin ? { repository: { url: origin, data } } : {}) });
}

/** Without a dataset, uses the current repository. `readableBucket`: public name of the store; false removes it. Throws `UsageError`. */
export async function saveSiteOfDatasets(
  [first]: DatasetFolder[],
  store: Store,
  { url, readableBucket }: { url?: string; readableBucket?: string | false },
): Promise<void> {
  if (typeof readableBucket === "string" && !/^s3:\/\/[a-z0-9][a-z0-9.-]*$/.test(readableBucket))
    throw new UsageError(`--readable-bucket is a bucket such as s3://facts, not "${readableBucket}"`);
  if (url === undefined && readableBucket !== undefined)
    throw new UsageError("--readable-bucket and --no-readable-bucket need --url: both are kept together");
  if (url === undefined) return;
  const found = await findDatasetRepository(first?.folder ?? process.cwd());
  const parents = found?.path.split("/").filter(Boolean) ?? [];
  const data = first ? parents.slice(0, -1) : [...parents, DATA];
  await saveSite(store, url, { repository: found?.repository, data: data.join("/") }, readableBucket);
}
