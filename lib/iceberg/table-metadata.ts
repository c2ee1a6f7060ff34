import { parseJson } from "../json/parse-json.ts";
import type { Catalogue } from "../release/catalogue.ts";
import { releasesInForce } from "../release/releases-in-force.ts";
import { removedReason } from "../release/removed-reason.ts";
import { compileRecord } from "../schema/compile-record.ts";
import type { Schema } from "../schema/schema.ts";
import { hashParts } from "./hash-parts.ts";
import type { IcebergSchemas } from "./iceberg-schema.ts";

/** Must be increased if the same releases result in different files. */
export const ICEBERG_VERSION = 1;

/** A snapshot in the metadata of a table: one release. */
interface TableSnapshot {
  "snapshot-id": number;
  "sequence-number": number;
  "timestamp-ms": number;
  "manifest-list": string;
  summary: { operation: string; "total-records": string; "total-files-size": string; "factpress.version": string };
  "schema-id": number;
}

/** The history of a table: its schemas, and a snapshot for each release that is not removed. */
export interface TableHistory {
  schemas: IcebergSchemas;
  snapshots: readonly TableSnapshot[];
}

/** A UUID of version 8 (RFC 9562) from a hash. */
function tableUuid(location: string): string {
  const digits = [...hashParts(location).slice(0, 32)];
  digits[12] = "8";
  digits[16] = ((Number.parseInt(digits[16] as string, 16) & 3) | 8).toString(16);
  return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const highestId = ({ schemas }: TableHistory): number =>
  Math.max(
    0,
    ...schemas.flatMap(({ fields }) => fields.flatMap(({ id, type }) => [id, typeof type === "object" ? type["element-id"] : 0])),
  );

/** Properties for the next publisher: the releases and the code version that the metadata is derived from. */
const propertiesOf = ({ releases }: Catalogue): Record<string, string> => ({
  "factpress.iceberg": String(ICEBERG_VERSION),
  "factpress.releases": String(releases.length),
  "factpress.manifest": releases[0]?.manifest ?? "",
});

/**
 * `metadata.json` of a table (Table Spec, Table Metadata). Tags name the releases in force; `main` is the newest of them, and is missing if
 * that release does not have the table. A withdrawn release keeps its snapshot and its files.
 */
export function tableMetadata(location: string, catalogue: Catalogue, history: TableHistory): string {
  const snapshots = history.snapshots.filter(({ summary }) => removedReason(catalogue, summary["factpress.version"]) === undefined);
  const byVersion = new Map(snapshots.map((snapshot) => [snapshot.summary["factpress.version"], snapshot]));
  const inForce = releasesInForce(catalogue);
  const tagged = [...inForce].reverse().flatMap(({ version }) => byVersion.get(version) ?? []);
  const main = inForce[0] && byVersion.get(inForce[0].version);
  const newest = snapshots.at(-1);
  return `${JSON.stringify({
    "format-version": 2,
    "table-uuid": tableUuid(location),
    location,
    "last-sequence-number": newest?.["sequence-number"] ?? 0,
    "last-updated-ms": newest?.["timestamp-ms"] ?? 0,
    "last-column-id": highestId(history),
    "current-schema-id": (main ?? newest)?.["schema-id"] ?? 0,
    schemas: history.schemas,
    "default-spec-id": 0,
    "partition-specs": [{ "spec-id": 0, fields: [] }],
    "last-partition-id": 999,
    "default-sort-order-id": 0,
    "sort-orders": [{ "order-id": 0, fields: [] }],
    properties: propertiesOf(catalogue),
    "current-snapshot-id": main?.["snapshot-id"] ?? -1,
    refs: {
      ...(main ? { main: { "snapshot-id": main["snapshot-id"], type: "branch" } } : {}),
      ...Object.fromEntries(
        tagged.map((snapshot) => [snapshot.summary["factpress.version"], { "snapshot-id": snapshot["snapshot-id"], type: "tag" }]),
      ),
    },
    snapshots,
    "snapshot-log": main
      ? tagged.map((snapshot) => ({ "timestamp-ms": snapshot["timestamp-ms"], "snapshot-id": snapshot["snapshot-id"] }))
      : [],
    "metadata-log": [],
  })}\n`;
}

const NOTHING: TableHistory = { schemas: [], snapshots: [] };

/** The part of the metadata that is parsed. */
interface StoredMetadata extends TableHistory {
  location: string;
  properties: Record<string, string>;
}

const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const FIELD: Schema = {
  type: "object",
  required: ["id", "name", "required", "type"],
  properties: {
    id: whole,
    name: text,
    required: { type: "boolean" },
    type: { anyOf: [text, { type: "object", required: ["element-id"], properties: { "element-id": whole } }] },
  },
};
const SUMMARY = ["operation", "total-records", "total-files-size", "factpress.version"];

/** The JSON Schema of `StoredMetadata`. */
const STORED: Schema = {
  type: "object",
  required: ["location", "properties", "schemas", "snapshots"],
  properties: {
    location: text,
    properties: { type: "object", additionalProperties: text },
    schemas: {
      type: "array",
      items: {
        type: "object",
        required: ["schema-id", "fields"],
        properties: { "schema-id": whole, fields: { type: "array", items: FIELD } },
      },
    },
    snapshots: {
      type: "array",
      items: {
        type: "object",
        required: ["snapshot-id", "sequence-number", "timestamp-ms", "manifest-list", "summary", "schema-id"],
        properties: {
          "snapshot-id": whole,
          "sequence-number": whole,
          "timestamp-ms": whole,
          "manifest-list": text,
          summary: { type: "object", required: SUMMARY, additionalProperties: text },
          "schema-id": whole,
        },
      },
    },
  },
};

function parsed(bytes: Uint8Array): StoredMetadata | undefined {
  const value = parseJson(Buffer.from(bytes).toString("utf8"))?.value;
  return compileRecord(STORED)(value) === true ? (value as StoredMetadata) : undefined;
}

/**
 * The history in existing metadata of a table, and the number of releases that it covers. Only an optimization: if the metadata is damaged,
 * or for another address, catalogue or version of this code, the history starts again.
 */
export function tableMetadataHistory(
  bytes: Uint8Array | undefined,
  location: string,
  catalogue: Catalogue,
): { history: TableHistory; releases: number } {
  const stored = bytes && parsed(bytes);
  const releases = Number(stored?.properties["factpress.releases"]);
  const rest = { ...catalogue, releases: Number.isInteger(releases) && releases > 0 ? catalogue.releases.slice(-releases) : [] };
  const isKnown =
    stored?.location === location &&
    rest.releases.length === releases &&
    JSON.stringify(propertiesOf(rest)) === JSON.stringify(stored.properties);
  return isKnown ? { history: { schemas: stored.schemas, snapshots: stored.snapshots }, releases } : { history: NOTHING, releases: 0 };
}
