import { describe, expect, it } from "vitest";
import { compareReleases } from "../../../lib/build/compare-releases.ts";
import { LARGE_DATASET_BYTES, LARGE_DATASET_RECORDS } from "../../../lib/build/is-large-dataset.ts";
import { nextFormats } from "../../../lib/build/next-formats.ts";
import { type ReleaseSide, sourceSide } from "../../../lib/build/release-side.ts";
import { readDataset } from "../../../lib/check/read-dataset.ts";
import { FIRST_FORMATS } from "../../../lib/contract/first-formats.ts";
import { FORMATS } from "../../../lib/formats/formats.ts";
import type { Source } from "../../../lib/ports/ports.ts";
import { RUNTIME } from "../../runtime.ts";

const ALL = FORMATS.map(({ name }) => name);
const TEXT = { type: "string" };

/** A dataset of one table; `bytes`: the reported size of its file. */
function sourceWith(formats?: string[], bytes?: number, records = ['{"id":"a"}']): Source {
  const release = { version: "1.0.0", ...(formats ? { formats } : {}) };
  const files: Record<string, unknown> = {
    "dataset.json": { name: "d", title: "D", description: "Text.", licenses: [{ name: "CC0-1.0" }], release },
    "schema.json": {
      type: "object",
      properties: { t: { type: "array", primaryKey: ["id"], items: { type: "object", required: ["id"], properties: { id: TEXT } } } },
    },
  };
  const texts = new Map(Object.entries(files).map(([path, value]) => [path, Buffer.from(JSON.stringify(value))]));
  texts.set("t.json", Buffer.from(`[${records.join()}]`));
  return {
    list: async () => [...texts].map(([path, { length }]) => ({ path, bytes: path === "t.json" ? (bytes ?? length) : length })),
    async *read(path) {
      yield texts.get(path) as Buffer;
    },
  };
}

async function datasetFormats(source: Source, entries: Parameters<typeof nextFormats>[1] = {}): Promise<readonly string[] | undefined> {
  const { dataset, problems } = await readDataset(source);
  if (!dataset) throw new Error(problems[0]?.message);
  return (await nextFormats({ dataset, source, runtime: RUNTIME }, entries)).formats;
}

describe("the formats of a release", () => {
  it("are all for the first release of a small dataset", async () => {
    expect(await datasetFormats(sourceWith(undefined, LARGE_DATASET_BYTES))).toEqual(ALL);
  });

  it("are CSV, NDJSON and Parquet for the first release of a large dataset", async () => {
    expect(await datasetFormats(sourceWith(undefined, LARGE_DATASET_BYTES + 1))).toEqual(["csv", "ndjson", "parquet"]);
  });

  it("count the records of all tables, whatever their size", async () => {
    const records = Array<string>(LARGE_DATASET_RECORDS).fill('{"id":"a"}');
    expect(await datasetFormats(sourceWith(undefined, undefined, records))).toEqual(ALL);
    expect(await datasetFormats(sourceWith(undefined, undefined, [...records, '{"id":"b"}']))).toEqual(["csv", "ndjson", "parquet"]);
  });

  it("stay the formats of the newest release, even if its entry names none", async () => {
    expect(await datasetFormats(sourceWith(), { newest: { version: "1.0.0", formats: ["csv", "ndjson"] } })).toEqual(["csv", "ndjson"]);
    expect(await datasetFormats(sourceWith(), { newest: { version: "1.0.0" } })).toEqual(FIRST_FORMATS);
  });

  it("become the formats that dataset.json names, in the order of the package", async () => {
    const source = sourceWith(["xlsx", "ndjson", "csv"]);
    expect(await datasetFormats(source, { newest: { version: "1.0.0" } })).toEqual(["csv", "ndjson", "xlsx"]);
    expect(await datasetFormats(source)).toEqual(["csv", "ndjson", "xlsx"]);
  });

  it("are the formats of its entry if a release is rebuilt", async () => {
    const rebuilt = { version: "1.0.0", formats: ["csv", "ndjson", "zip"] };
    expect(await datasetFormats(sourceWith(["csv", "ndjson"]), { newest: { version: "0.9.0" }, rebuilt })).toEqual(rebuilt.formats);
  });

  it("fails for a format of a newer tool", async () => {
    await expect(datasetFormats(sourceWith(), { newest: { version: "1.0.0", formats: ["csv", "ndjson", "punch-cards"] } })).rejects.toThrow(
      "d 1.0.0 was published by a newer Factpress (format punch-cards). Upgrade Factpress, and publish again.",
    );
  });
});

describe("two sides without a catalogue", () => {
  const side = async (formats?: string[]): Promise<ReleaseSide> => {
    const found = await sourceSide(sourceWith(formats), RUNTIME, await RUNTIME.openWorkspace());
    if (!found) throw new Error("The dataset has problems");
    return found;
  };
  const changes = async (old: ReleaseSide, now: ReleaseSide): Promise<string[]> =>
    (await compareReleases(old, now, await RUNTIME.openWorkspace())).schema.map(({ kind, change }) => `${kind}: ${change}`);

  it.each<[string, string[] | undefined, string[] | undefined, string[]]>([
    ["neither names formats", undefined, undefined, []],
    ["the newer names none", ["csv", "ndjson"], undefined, []],
    ["the newer adds one", ["csv", "ndjson"], ["csv", "ndjson", "zip"], ["file-new: d.zip is new"]],
    ["the newer drops one", ["csv", "ndjson", "zip"], ["csv", "ndjson"], ["file-gone: d.zip is gone"]],
    ["the newer names what every release had once, and more", undefined, [...FIRST_FORMATS, "xlsx"], []],
    ["the newer goes without what every release had once", undefined, ["csv", "ndjson", "json"], ["file-gone: d.json is gone"]],
  ])("differ as far as that is known: %s", async (_case, old, now, expected) => {
    expect(await changes(await side(old), await side(now))).toEqual(expected);
  });
});
