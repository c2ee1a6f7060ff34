import { plural } from "../../lib/contract/plural.ts";
import { removeRelease } from "../../lib/publish/remove-release.ts";
import { findDatasets } from "../find-datasets.ts";
import { openStore } from "../open-store.ts";
import { out } from "../out.ts";
import { UsageError } from "../usage-error.ts";

export async function remove(version: string, options: { store: string; aliases?: string; dataset?: string }): Promise<number> {
  const { store, aliases } = await openStore(options.store, options.aliases);
  const [dataset, other] = options.dataset === undefined ? await findDatasets(undefined) : [{ name: options.dataset }];
  if (!dataset || other) throw new UsageError("Name the dataset: --dataset NAME");
  const { count, quotedBy } = await removeRelease(store, aliases, dataset.name, version);
  out(`${dataset.name} ${version}  ${plural(count, "file")} replaced with tombstones; SHA256SUMS and datapackage.json are kept`);
  for (const later of quotedBy) out(`  ${later} quotes it in changes.json and CHANGES.md: to remove that too, remove ${later} as well.`);
  return 0;
}
