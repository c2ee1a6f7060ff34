import type { GitRepository } from "../../lib/adapters/git/git-repository.ts";
import { originUrl } from "../../lib/adapters/git/origin-url.ts";
import type { Store } from "../../lib/ports/ports.ts";
import { writeSite } from "../../lib/render/site.ts";
import { findDatasetRepository } from "../dataset-repository.ts";
import type { DatasetFolder } from "../find-datasets.ts";
import { parseSiteUrl } from "./parse-site-url.ts";

/** Stores what pages link to: the address of the site, and the repository that a clone came from. */
export async function saveSite(store: Store, address: string, repository: GitRepository | undefined, data: string): Promise<void> {
  const url = parseSiteUrl(address);
  const origin = repository && (await originUrl(repository));
  await writeSite(store, { url, ...(origin ? { repository: { url: origin, data } } : {}) });
}

export async function saveSiteOfDatasets([first]: DatasetFolder[], store: Store, url: string | undefined): Promise<void> {
  if (url === undefined) return;
  const found = first && (await findDatasetRepository(first.folder));
  await saveSite(store, url, found?.repository, found?.path.split("/").slice(0, -1).join("/") ?? "");
}
