import { describe, expect, it } from "vitest";
import { FIRST_FORMATS } from "../../../lib/contract/first-formats.ts";
import { DamagedFileError } from "../../../lib/ports/damaged-file-error.ts";
import { removeRelease } from "../../../lib/publish/remove-release.ts";
import { isTombstone } from "../../../lib/release/tombstone-text.ts";
import { IcebergFiles } from "../../../lib/render/iceberg-files.ts";
import { readSite, writeSite } from "../../../lib/render/site.ts";
import { verifyDataset } from "../../../lib/verify/verify-dataset.ts";
import { intercept } from "../../protocol/intercept.ts";
import { Branch, catalogueOf, type Made, publish, versions, type World, world } from "../../protocol/world.ts";

const URL_OF_SITE = "https://data.example.org";
const TEXT = { type: "string" };
const reason = "wrong";

interface Metadata {
  location: string;
  "current-snapshot-id": number;
  "last-column-id": number;
  schemas: { "schema-id": number; fields: { id: number; name: string }[] }[];
  refs: Record<string, { "snapshot-id": number; type: string }>;
  snapshots: {
    "snapshot-id": number;
    "schema-id": number;
    "sequence-number": number;
    "manifest-list": string;
    summary: Record<string, string>;
  }[];
  "snapshot-log": { "snapshot-id": number }[];
}

async function site(settings: { url?: string; bucket?: string } = { url: URL_OF_SITE }): Promise<World> {
  const w = world();
  await writeSite(w.store, settings);
  return w;
}

const text = ({ objects }: World, key: string): string => Buffer.from(objects.get(key) ?? []).toString("utf8");
const metadata = (w: World, table = "t", folder = "iceberg"): Metadata =>
  JSON.parse(text(w, `d/${folder}/${table}/metadata/v1.metadata.json`)) as Metadata;
const tags = (w: World): string[] => Object.keys(metadata(w).refs);
const icebergKeys = ({ objects }: World): string[] => [...objects.keys()].filter((key) => key.startsWith("d/iceberg")).sort();

/** The tables when they are derived only from the releases. */
async function rebuilt({ store }: World, w: World): Promise<Map<string, string>> {
  const catalogue = catalogueOf(w);
  const files = new Map<string, string>();
  const iceberg = new IcebergFiles(store, catalogue, await readSite(store));
  for await (const [key, bytes] of iceberg.files(await iceberg.tables())) files.set(key, Buffer.from(bytes).toString("hex"));
  return files;
}

/** In every format: only Parquet files have metadata. */
const ALL: Pick<Made, "formats"> = { formats: "default" };

/** Publishes commits one by one. The result of all steps must equal that derived from the releases alone. */
async function published(w: World, ...made: Made[]): Promise<Branch> {
  const history = new Branch();
  for (const one of made) await publish({ history: history.push(one), ...w });
  for (const [key, hex] of await rebuilt(w, w)) expect([key, Buffer.from(w.objects.get(key) ?? []).toString("hex")]).toEqual([key, hex]);
  await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
  return history;
}

const having = (records: string[], ...names: string[]): Made => ({
  ...ALL,
  records: Object.fromEntries(records.map((id) => [id, ""])),
  columns: Object.fromEntries(names.map((name) => [name, TEXT])),
});

describe("Iceberg tables", () => {
  it("have a snapshot and a tag for each release, and nothing is copied", async () => {
    const w = await site();
    await published(w, { ...ALL, records: { a: "1" } }, { ...ALL, records: { a: "2" } }, { ...ALL, records: { a: "2", b: "1" } });
    const { location, refs, snapshots, ...table } = metadata(w);
    expect(location).toBe(`${URL_OF_SITE}/d/iceberg/t`);
    expect(tags(w)).toEqual(["main", "1.0.0", "1.0.1", "1.1.0"]);
    expect(refs["main"]).toEqual({ "snapshot-id": table["current-snapshot-id"], type: "branch" });
    expect(refs["1.1.0"]?.["snapshot-id"]).toBe(table["current-snapshot-id"]);
    expect(snapshots.map(({ summary }) => [summary["factpress.version"], summary["total-records"]])).toEqual([
      ["1.0.0", "1"],
      ["1.0.1", "1"],
      ["1.1.0", "2"],
    ]);
    expect(new Set(snapshots.map((snapshot) => snapshot["snapshot-id"])).size).toBe(3);
    for (const snapshot of snapshots) expect(w.objects.has(snapshot["manifest-list"].replace(`${URL_OF_SITE}/`, ""))).toBe(true);
    expect(icebergKeys(w).filter((key) => !/\.(avro|json|text)$/.test(key))).toEqual([]);
    expect(text(w, "d/iceberg/t/metadata/version-hint.text")).toBe("1");
    expect(table["snapshot-log"].map((entry) => entry["snapshot-id"])).toEqual(snapshots.map((snapshot) => snapshot["snapshot-id"]));
  });

  it("have different snapshot ids even if the table did not change", async () => {
    const w = await site();
    await published(w, { ...ALL, records: { a: "1" } }, { ...ALL, records: { a: "1" }, title: "Other" });
    expect(versions(w)).toEqual(["1.0.1", "1.0.0"]);
    expect(new Set(metadata(w).snapshots.map((snapshot) => snapshot["snapshot-id"])).size).toBe(2);
  });

  it("have no snapshot of releases from before Parquet was one of the formats", async () => {
    const w = await site();
    await published(w, { formats: FIRST_FORMATS, records: { a: "1" } }, { formats: [...FIRST_FORMATS, "parquet"], records: { a: "2" } });
    expect(versions(w)).toEqual(["1.1.0", "1.0.0"]);
    expect(tags(w)).toEqual(["main", "1.1.0"]);
    expect(metadata(w).snapshots.map(({ summary }) => summary["factpress.version"])).toEqual(["1.1.0"]);
  });

  it("have a schema for each set of columns, with ids that no other column has", async () => {
    const w = await site();
    await published(w, having(["a"], "x"), having(["a"], "x", "y"), having(["a", "b"], "x", "y"), {
      ...having(["a", "b"], "x"),
      version: "2.0.0",
    });
    const { schemas, snapshots, "last-column-id": last } = metadata(w);
    expect(schemas.map(({ fields }) => fields.map(({ id, name }) => `${id} ${name}`))).toEqual([
      ["1 id", "2 x"],
      ["1 id", "2 x", "3 y"],
    ]);
    expect(snapshots.map((snapshot) => snapshot["schema-id"])).toEqual([0, 1, 1, 0]);
    expect(last).toBe(3);
  });

  it("have no tag for a withdrawn release, until the withdrawal ends", async () => {
    const w = await site();
    const history = await published(w, { ...ALL, records: { a: "1" } }, { ...ALL, records: { a: "2" } });
    const withdrawn = [{ version: "1.0.1", reason }];
    await publish({ history: history.push({ ...ALL, records: { a: "3" }, withdrawn }), ...w });
    expect(tags(w)).toEqual(["main", "1.0.0", "1.0.2"]);
    await publish({ history: history.push({ ...ALL, records: { a: "3" } }), ...w });
    expect(tags(w)).toEqual(["main", "1.0.0", "1.0.1", "1.0.2"]);
  });

  it("have no current snapshot if every release is withdrawn", async () => {
    const w = await site();
    await published(w, { ...ALL, records: { a: "1" } }, { ...ALL, records: { a: "1" }, withdrawn: [{ version: "1.0.0", reason }] });
    expect([tags(w), metadata(w)["current-snapshot-id"], metadata(w)["snapshot-log"]]).toEqual([[], -1, []]);
  });

  it("have no snapshot of a removed release, and no longer contain its values", async () => {
    const w = await site();
    const gone = [{ version: "1.0.1", reason: "court" }];
    const history = await published(w, { ...ALL, records: { a: "1" } }, { ...ALL, records: { a: "secret" } });
    const manifests = icebergKeys(w).filter((key) => key.includes("/1.0.1-manifest-"));
    expect(manifests.map((key) => text(w, key).includes("secret"))).toEqual([true]);
    await publish({ history: history.push({ ...ALL, records: { a: "3" }, removed: gone, withdrawn: gone }), ...w });
    await removeRelease(w.store, w.aliases, "d", "1.0.1");
    expect(tags(w)).toEqual(["main", "1.0.0", "1.0.2"]);
    expect(metadata(w).snapshots.map(({ summary }) => summary["factpress.version"])).toEqual(["1.0.0", "1.0.2"]);
    for (const key of manifests) expect(isTombstone(w.objects.get(key) ?? new Uint8Array())).toBe(true);
    for (const [key, hex] of await rebuilt(w, w)) expect([key, Buffer.from(w.objects.get(key) ?? []).toString("hex")]).toEqual([key, hex]);
    await verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
  });

  it("of a removed table have no current snapshot, and keep their tags", async () => {
    const w = await site();
    await published(w, having(["a"], "x"), { ...having(["a"], "x"), table: "u", version: "2.0.0" });
    expect([tags(w), metadata(w)["current-snapshot-id"]]).toEqual([["1.0.0"], -1]);
    expect(Object.keys(metadata(w, "u").refs)).toEqual(["main", "2.0.0"]);
  });

  it("need the URL of the site, and name the bucket if readers may read it", async () => {
    const without = await site({});
    await published(without, { ...ALL, records: { a: "1" } });
    expect(icebergKeys(without)).toEqual([]);
    const w = await site({ url: URL_OF_SITE, bucket: "s3://facts" });
    await published(w, { ...ALL, records: { a: "1" } });
    expect(metadata(w, "t", "iceberg-s3")).toMatchObject({ location: "s3://facts/d/iceberg-s3/t" });
    expect(metadata(w, "t", "iceberg-s3").snapshots[0]?.["manifest-list"]).toMatch(
      /^s3:\/\/facts\/d\/iceberg-s3\/t\/metadata\/1\.0\.0-snapshot-/,
    );
  });

  it("fail verification if they were changed", async () => {
    const w = await site();
    await published(w, { ...ALL, records: { a: "1" } });
    for (const key of icebergKeys(w)) {
      const bytes = w.objects.get(key) as Uint8Array;
      w.objects.set(key, Buffer.concat([bytes, Buffer.from(" ")]));
      await expect(verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" })).rejects.toThrow(key);
      w.objects.set(key, bytes);
    }
  });

  it("remain if the site no longer has their address, and pass verification", async () => {
    const w = await site({ url: URL_OF_SITE, bucket: "s3://facts" });
    const history = await published(w, { ...ALL, records: { a: "1" } });
    const left = icebergKeys(w).filter((key) => key.startsWith("d/iceberg-s3/"));
    await writeSite(w.store, { url: URL_OF_SITE, bucket: undefined });
    await publish({ history: history.push({ ...ALL, records: { a: "2" } }), ...w });
    const verified = () => verifyDataset({ store: w.store, dataset: "d", aliases: w.aliases, generator: "1" });
    expect([left.length, (await verified()).uncompared]).toEqual([4, []]);
    w.objects.set("d/iceberg/other/metadata/v1.metadata.json", Buffer.from("{}"));
    await expect(verified()).rejects.toThrow("d/iceberg/other/metadata/v1.metadata.json belongs to no Iceberg table");
  });

  it("are rebuilt from the releases if their metadata was damaged", async () => {
    const w = await site();
    const history = await published(w, { ...ALL, records: { a: "1" } }, { ...ALL, records: { a: "2" } });
    const whole = text(w, "d/iceberg/t/metadata/v1.metadata.json");
    const damagedWith = (part: object): string => JSON.stringify({ ...(JSON.parse(whole) as object), ...part });
    const damaged = ["{", "[]", "null", "5", whole.replace('"factpress.releases":"2"', '"factpress.releases":"1"')].concat(
      [{ properties: null }, { properties: [] }, { location: 5 }].map(damagedWith),
      [{ schemas: {} }, { schemas: [null] }, { schemas: [{ "schema-id": 0 }] }].map(damagedWith),
      [{ snapshots: "x" }, { snapshots: [null] }, { snapshots: [{ "snapshot-id": 1 }] }].map(damagedWith),
    );
    for (const [i, damage] of damaged.entries()) {
      w.objects.set("d/iceberg/t/metadata/v1.metadata.json", Buffer.from(damage));
      await publish({ history: history.push({ ...ALL, records: { a: `damage ${i}` } }), ...w });
      for (const [key, hex] of await rebuilt(w, w))
        expect([key, Buffer.from(w.objects.get(key) ?? []).toString("hex")]).toEqual([key, hex]);
    }
  });

  it("restore a lost version hint with the next release", async () => {
    const w = await site();
    const history = await published(w, { ...ALL, records: { a: "1" } });
    w.objects.delete("d/iceberg/t/metadata/version-hint.text");
    await publish({ history: history.push({ ...ALL, records: { a: "2" } }), ...w });
    expect(text(w, "d/iceberg/t/metadata/version-hint.text")).toBe("1");
  });

  it("fail when the footer of a Parquet file is damaged, and name the file", async () => {
    const w = await site();
    await published(w, { ...ALL, records: { a: "1" } });
    const key = "d/1.0.0/t.parquet";
    const damaged = Buffer.from(w.objects.get(key) as Uint8Array);
    const footer = damaged.readUInt32LE(damaged.length - 8);
    w.objects.set(key, damaged.fill(0x1c, damaged.length - 8 - footer, damaged.length - 8));
    await expect(rebuilt(w, w)).rejects.toThrow(new DamagedFileError(`${key} has a damaged footer: Structs nest too deep`));
  });

  it("need as many requests for the release after many as for the second", async () => {
    const counted = async (w: World, history: Branch): Promise<Record<string, number>> => {
      const calls: Record<string, number> = {};
      const ports = intercept({ history, store: w.store, aliases: w.aliases }, async ({ name, key }, perform) => {
        // A page also reads what changed in some of the newest releases.
        const isCounted = /iceberg|parquet|^aliases.update/.test(`${name} ${key}`) || (name === "read" && !key.endsWith("/changes.json"));
        if (isCounted) calls[name] = (calls[name] ?? 0) + 1;
        return perform();
      });
      await publish({ ...ports });
      return calls;
    };
    const w = await site();
    const history = await published(w, { ...ALL, records: { a: "1" } });
    const second = await counted(w, history.push({ ...ALL, records: { a: "2" } }));
    for (let i = 3; i < 12; i += 1) await publish({ history: history.push({ ...ALL, records: { a: String(i) } }), ...w });
    expect(await counted(w, history.push({ ...ALL, records: { a: "12" } }))).toEqual(second);
    // The metadata is read and replaced, the footer read once; the rest are the release's own files and its base.
    expect(second).toMatchObject({ "aliases.update": 2, get: 1, putIfMatch: 1 });
  });

  /** The size of the files that a release adds if its table has one record with a value in each column. */
  async function bytesWith(columns: Record<string, object>, value: unknown): Promise<number> {
    const w = await site();
    const items = { type: "object", required: ["id"], properties: { id: TEXT, ...columns } };
    const schema = { type: "object", properties: { t: { type: "array", primaryKey: ["id"], items } } };
    const record = Object.fromEntries(Object.keys(columns).map((name) => [name, value]));
    const files = { "schema.json": JSON.stringify(schema), "t.json": JSON.stringify([{ id: "a", ...record }]) };
    await published(w, { ...ALL, records: {}, files });
    return icebergKeys(w).reduce((sum, key) => sum + (key.endsWith(".avro") ? (w.objects.get(key)?.length ?? 0) : 0), 0);
  }

  it("take at most 4 kB plus 120 B per column for a release with the longest bounds, in addition to the metadata", async () => {
    const columns = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`a_column_of_text_${i}`, TEXT]));
    expect(await bytesWith(columns, "text that is longer than a bound")).toBeLessThan(4096 + 120 * 201);
  });

  it.each([
    ["text", TEXT, "text that is longer than a bound"],
    ["dates", { type: "array", items: { type: "string", format: "date" } }, ["2024-01-01"]],
    ["decimals", { type: "array", items: { type: "number", multipleOf: 0.01, minimum: 0, maximum: 9 } }, [1.25]],
  ])("take at most 130 B plus the size of its name for a column with a long name: %s", async (_what, column, value) => {
    const names = Array.from({ length: 200 }, (_, i) => `${"a_name_that_is_too_long_to_be_read_at_a_glance_".repeat(2)}${i}`);
    const budget = names.reduce((sum, name) => sum + 130 + name.length, 4096 + 130);
    expect(await bytesWith(Object.fromEntries(names.map((name) => [name, column])), value)).toBeLessThan(budget);
  });
});
