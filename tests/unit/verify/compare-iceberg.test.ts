import { expect, it } from "vitest";
import { memoryStore } from "../../../lib/adapters/memory/memory-store.ts";
import { sha256 } from "../../../lib/ports/sha256.ts";
import { emptyCatalogue } from "../../../lib/release/catalogue.ts";
import { tombstoneText } from "../../../lib/release/tombstone-text.ts";
import type { Site } from "../../../lib/render/site.ts";
import { compareIceberg } from "../../../lib/verify/compare-iceberg.ts";
import { nothingVerified } from "../../../lib/verify/nothing-verified.ts";

const HASH = sha256("kept").slice(0, 16);

/** The error for a file of a dataset that no longer has an Iceberg table. */
async function found(key: string, text: string): Promise<string | undefined> {
  const store = memoryStore(new Map([[key, Buffer.from(text)]]));
  return (await compareIceberg(store, emptyCatalogue("d"), {} as Site, nothingVerified()))?.message;
}

it.each([
  ["metadata of a folder that the site no longer uses", "d/iceberg/t/metadata/v1.metadata.json", "{}"],
  ["its version hint", "d/iceberg-s3/t/metadata/version-hint.text", "1"],
  ["an Avro file that is named after its hash", `d/iceberg/t/metadata/1.0.0-manifest-${HASH}.avro`, "kept"],
  ["the tombstone of an Avro file", "d/iceberg/t/metadata/1.0.0-manifest-0123456789abcdef.avro", tombstoneText("1.0.0", "court")],
  ["a file that belongs to no table", "d/iceberg/other.txt", "x"],
])("accepts %s", async (_what, key, text) => {
  expect(await found(key, text)).toBeUndefined();
});

it.each([
  ["another version of the metadata", "d/iceberg/t/metadata/v2.metadata.json", "{}"],
  ["an Avro file with other bytes", `d/iceberg/t/metadata/1.0.0-manifest-${HASH}.avro`, "changed"],
  ["a file with another name", "d/iceberg/t/metadata/kept", "kept"],
])("fails when there is %s", async (_what, key, text) => {
  expect(await found(key, text)).toBe(`${key} belongs to no Iceberg table`);
});
