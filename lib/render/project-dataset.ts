import { feedObjectKey } from "../contract/feed-object-key.ts";
import type { CountedTables } from "../ports/counted-tables.ts";
import type { Aliases, Store } from "../ports/ports.ts";
import { readCatalogue } from "../ports/read-catalogue.ts";
import { retryConflicts } from "../ports/retry-conflicts.ts";
import { type Catalogue, emptyCatalogue } from "../release/catalogue.ts";
import { AliasWriter } from "./alias-writer.ts";
import { IcebergFiles } from "./iceberg-files.ts";
import { isCurrentMark } from "./is-current-mark.ts";
import { PageWriter } from "./page-writer.ts";
import { parseMark } from "./parse-mark.ts";
import { putAssets } from "./put-assets.ts";
import { siteOf } from "./site.ts";
import { writeIceberg } from "./write-iceberg.ts";

/**
 * Updates the pages, feed and aliases of a dataset to its catalogue. Safe beside concurrent publishers, because of the order of reads.
 * `countedTables`: counts of tables that builds have made, to avoid counting again.
 */
export const projectDataset = (store: Store, aliases: Aliases, name: string, countedTables?: CountedTables): Promise<Catalogue> =>
  retryConflicts(`the pages of ${name}`, () => project(store, aliases, name, countedTables));

/** One attempt: reads the ETags of the files to replace, then the catalogue, then writes. Undefined if another publisher was first. */
async function project(
  store: Store,
  aliases: Aliases,
  name: string,
  countedTables: CountedTables | undefined,
): Promise<Catalogue | undefined> {
  const etag = await aliases.etag();
  const mark = parseMark(await aliases.get(`${name}/mark`));
  const etags = new Map<string, string>();
  for await (const { key, etag } of store.list(`pages/${name}/`)) etags.set(key, etag);
  const feed = await store.get(feedObjectKey(name));
  if (feed) etags.set(feedObjectKey(name), feed.etag);
  // Read after the ETags, which change if a publisher has another site or catalogue.
  const site = await siteOf(store);
  const catalogue = (await readCatalogue(store, name))?.catalogue;
  if (!catalogue) return emptyCatalogue(name);
  if (isCurrentMark(mark, catalogue, site)) return catalogue;
  await putAssets(store);
  if (!(await new PageWriter(store, catalogue, site, countedTables).write(etags))) return undefined;
  const iceberg = new IcebergFiles(store, catalogue, site);
  const tables = await iceberg.tables();
  const beforeMark = tables.length > 0 ? () => writeIceberg(store, catalogue, iceberg, tables) : undefined;
  return (await new AliasWriter(aliases, catalogue, site).write(mark, etag, beforeMark)) ? catalogue : undefined;
}
