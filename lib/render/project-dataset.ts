import type { Aliases, Store } from "../ports/ports.ts";
import { type Catalogue, emptyCatalogue } from "../release/catalogue.ts";
import { parseCatalogue } from "../release/parse-catalogue.ts";
import { AliasWriter } from "./alias-writer.ts";
import { IcebergFiles } from "./iceberg-files.ts";
import { PageWriter } from "./page-writer.ts";
import { isCurrentMark, parseMark } from "./parse-mark.ts";
import { putAssets } from "./put-assets.ts";
import { siteOf } from "./site.ts";
import { writeIceberg } from "./write-iceberg.ts";

/** Maximum consecutive attempts that lost to another publisher. */
const ATTEMPTS = 100;

/** Updates the pages, feed and aliases of a dataset to its catalogue. The order of reads makes it safe beside other publishers. */
export async function projectDataset(store: Store, aliases: Aliases, name: string): Promise<Catalogue> {
  for (let i = 0; i < ATTEMPTS; i += 1) {
    const done = await project(store, aliases, name);
    if (done) return done;
  }
  throw new Error(`Gave up after ${ATTEMPTS} conflicts: other runs kept replacing the pages of ${name}`);
}

/** One attempt: reads the ETags of the files to replace, then the catalogue, then writes. Undefined: another publisher was first. */
async function project(store: Store, aliases: Aliases, name: string): Promise<Catalogue | undefined> {
  const etag = await aliases.etag();
  const mark = parseMark(await aliases.get(`${name}/mark`));
  const etags = new Map<string, string>();
  for await (const { key, etag } of store.list(`pages/${name}/`)) etags.set(key, etag);
  const feed = await store.get(`${name}/feed.xml`);
  if (feed) etags.set(`${name}/feed.xml`, feed.etag);
  // After the ETags: a publisher with another site or catalogue changes them.
  const site = await siteOf(store);
  const stored = await store.get(`${name}/releases.json`);
  if (!stored) return emptyCatalogue(name);
  const catalogue = parseCatalogue(stored.bytes);
  if (isCurrentMark(mark, catalogue, site)) return catalogue;
  await putAssets(store);
  if (!(await new PageWriter(store, catalogue, site).write(etags))) return undefined;
  const iceberg = new IcebergFiles(store, catalogue, site);
  const tables = await iceberg.tables();
  const beforeMark = tables.length > 0 ? () => writeIceberg(store, catalogue, iceberg, tables) : undefined;
  return (await new AliasWriter(aliases, catalogue, site).write(mark, etag, beforeMark)) ? catalogue : undefined;
}
