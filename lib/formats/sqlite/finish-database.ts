import type { DatasetFacts, Output, ReleasedAs, UnfinishedFile } from "../format.ts";
import { firstPage, type RootedEntry } from "./first-page.ts";
import { infoRows, infoTable } from "./info-rows.ts";
import { PAGE_BYTES, PageSink } from "./page-sink.ts";
import { sqliteSchema } from "./sqlite-schema.ts";
import { TableTree } from "./table-tree.ts";

/** Writes the first page, the output of `DatabaseWriter`, and the pages that name the release. */
export async function finishDatabase(
  facts: DatasetFacts,
  unfinished: UnfinishedFile,
  release: ReleasedAs,
  output: Pick<Output, "write">,
): Promise<void> {
  const end = unfinished.bytes - 4;
  const length = Buffer.from(await unfinished.slice(end, unfinished.bytes)).readUInt32LE();
  const trailer = JSON.parse(Buffer.from(await unfinished.slice(end - length, end)).toString("utf8")) as {
    entries: RootedEntry[];
    pages: number;
    unsearched: string[];
  };
  const schema = sqliteSchema(facts.plans);
  const last: Uint8Array[] = [];
  const sink = new PageSink({ write: async (bytes) => void last.push(bytes) }, trailer.pages + 1);
  const tree = new TableTree(sink);
  const { sizes, bytes } = infoRows(facts, release, schema, trailer.unsearched);
  let at = 0;
  for (const size of sizes) {
    tree.add(bytes, at, at + size);
    at += size;
  }
  const page = firstPage(sink, [...trailer.entries, { ...infoTable(schema.info), root: tree.end() }]);
  await sink.flush();
  await output.write(page);
  let left = (trailer.pages - 1) * PAGE_BYTES;
  for await (const chunk of unfinished.read()) {
    const own = chunk.subarray(0, left);
    if (own.length > 0) await output.write(own);
    left -= own.length;
  }
  for (const pages of last) await output.write(pages);
}
