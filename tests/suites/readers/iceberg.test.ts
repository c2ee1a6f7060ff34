import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { directoryStore } from "../../../lib/adapters/folder/directory-store.ts";
import { memoryAliases } from "../../../lib/adapters/memory/memory-aliases.ts";
import { edgeServer } from "../../../lib/edge/edge-server.ts";
import type { Aliases, Store } from "../../../lib/ports/ports.ts";
import { writeSite } from "../../../lib/render/site.ts";
import { Branch, type Made, publish } from "../../protocol/world.ts";
import { ROOT, scratch } from "../../scratch.ts";

/**
 * Reads Iceberg tables with icebird, which was not written here, over HTTP from the local edge. What reads them from a bucket (Spark,
 * Trino, Athena, PyIceberg) needs a server or a network: docs/query.md says what was run.
 */
const RELEASES = Number(process.env["FACTPRESS_ICEBERG_RELEASES"] ?? 1_000);

interface Metadata {
  "current-snapshot-id": number;
  "current-schema-id": number;
  refs: Record<string, { "snapshot-id": number }>;
  snapshots: { "snapshot-id": number; "schema-id": number }[];
}
interface Icebird {
  icebergRead(options: { tableUrl: string; metadata?: Metadata }): Promise<Record<string, unknown>[]>;
  icebergMetadata(options: { tableUrl: string }): Promise<Metadata>;
}

interface Site {
  store: Store;
  aliases: Aliases;
  url: string;
}

const formats = ["csv", "ndjson", "parquet"];

/** An hour after the release before. */
const dateOf = (i: number): string => new Date(Date.UTC(2024, 0, 1, i)).toISOString().replace(".000Z", "Z");

async function openSite(): Promise<Site> {
  const root = await scratch();
  const [store, aliases] = [directoryStore(root), memoryAliases()];
  const server = edgeServer({ root, aliases }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await writeSite(store, { url });
  return { store, aliases, url };
}

describe("icebird", () => {
  let icebird: Icebird;
  beforeAll(async () => {
    icebird = (await import(join(ROOT, "tests/suites/readers/node_modules/icebird/src/index.js"))) as Icebird;
  });

  /** The rows of a release: icebird reads the current snapshot, so the metadata is told which that is. */
  async function readTag(tableUrl: string, tag: string): Promise<Record<string, unknown>[]> {
    const metadata = await icebird.icebergMetadata({ tableUrl });
    const snapshot = metadata.snapshots.find((one) => one["snapshot-id"] === metadata.refs[tag]?.["snapshot-id"]);
    if (!snapshot) throw new Error(`There is no tag ${tag}`);
    return icebird.icebergRead({
      tableUrl,
      metadata: { ...metadata, "current-snapshot-id": snapshot["snapshot-id"], "current-schema-id": snapshot["schema-id"] },
    });
  }

  it("reads the newest release by the address of the table, and any other by its tag, each with its own columns", async () => {
    const { url, ...ports } = await openSite();
    const text = { type: "string" };
    const made: Made[] = [
      { records: { a: "" }, columns: { x: text }, formats },
      { records: { a: "", b: "" }, columns: { x: text, tags: { type: "array", items: text } }, formats },
      { records: { a: "" }, columns: { tags: { type: "array", items: text } }, version: "2.0.0", formats },
    ];
    await publish({ history: new Branch().push(...made), ...ports });
    const tableUrl = `${url}/d/iceberg/t`;
    const columns = (rows: Record<string, unknown>[]): string[][] => rows.map((row) => [String(row["id"]), ...Object.keys(row)]);
    expect(columns(await icebird.icebergRead({ tableUrl }))).toEqual([["a", "id", "tags"]]);
    expect(columns(await readTag(tableUrl, "1.0.0"))).toEqual([["a", "id", "x"]]);
    expect(columns(await readTag(tableUrl, "1.1.0"))).toEqual([
      ["a", "id", "x", "tags"],
      ["b", "id", "x", "tags"],
    ]);
    await expect(readTag(tableUrl, "1.2.0")).rejects.toThrow("There is no tag 1.2.0");
  });

  it(`reads the first, the last and one in between of ${RELEASES} releases`, async () => {
    const { url, ...ports } = await openSite();
    const history = new Branch();
    for (let i = 0; i < RELEASES; i += 1) history.push({ records: { a: String(i) }, date: dateOf(i), formats });
    await publish({ history, ...ports, planFirst: false, now: new Date("2030-01-01T00:00:00Z") });
    const tableUrl = `${url}/d/iceberg/t`;
    const { refs, snapshots } = await icebird.icebergMetadata({ tableUrl });
    expect([Object.keys(refs).length, snapshots.length]).toEqual([RELEASES + 1, RELEASES]);
    const valueAt = async (i: number): Promise<unknown> => (await readTag(tableUrl, `1.0.${i}`))[0]?.["value"];
    const middle = Math.floor(RELEASES / 2);
    expect([await valueAt(0), await valueAt(middle), await valueAt(RELEASES - 1)]).toEqual(["0", String(middle), String(RELEASES - 1)]);
    expect((await icebird.icebergRead({ tableUrl }))[0]?.["value"]).toBe(String(RELEASES - 1));
  }, 1_800_000);
});
