import { DATASET_NAME } from "../contract/dataset-name.ts";
import type { Schema } from "../schema/schema.ts";

interface License {
  name: string;
  title?: string;
  path?: string;
}

export interface VersionReason {
  version: string;
  reason: string;
}

/** A contributor of Data Package v2. */
export interface Contributor {
  title: string;
  path?: string;
  /** Contact for readers. */
  email?: string;
  roles?: string[];
}

/** `dataset.json`: properties of Data Package v2, what the data covers, and `release`, which controls releases and is never published. */
export interface Metadata {
  name: string;
  title: string;
  description: string;
  licenses: License[];
  contributors?: Contributor[];
  keywords?: string[];
  homepage?: string;
  /** Names of the places that the data is about. */
  spatial?: string[];
  /** Date of the newest source: later events are not in the data. */
  researchedUntil?: string;
  /** What readers may look for that the data leaves out. */
  notCovered?: string;
  date?: string;
  release?: {
    version?: string;
    records?: "stay" | "may-go";
    /** Names of the formats of future releases. */
    formats?: string[];
    withdrawn?: VersionReason[];
    removed?: VersionReason[];
    /** After a rewrite of the history: the commit of the newest release, which the history no longer contains. */
    rewritten?: string;
    /** Why the dataset ends: its folder may be deleted after this commit. */
    ended?: string;
    /** Name of the deleted dataset that this one continues. */
    continues?: string;
    /** Percentage of a table's records that a change may remove or deprecate. */
    shrinkPercent?: number;
    /** Records that remain in a table after an intended larger removal. */
    shrinks?: Record<string, number>;
  };
}

/** Optional properties that are published in `datapackage.json`, in its order. */
export const OPTIONAL_METADATA = ["contributors", "keywords", "homepage", "spatial", "researchedUntil", "notCovered"] as const;

/** Metadata that is published in `datapackage.json`. */
export type PublishedMetadata = Pick<Metadata, "name" | "title" | "description" | "licenses" | (typeof OPTIONAL_METADATA)[number]>;

export function optionalMetadata(metadata: Pick<Metadata, (typeof OPTIONAL_METADATA)[number]>): Partial<PublishedMetadata> {
  return Object.fromEntries(OPTIONAL_METADATA.flatMap((name) => (metadata[name] === undefined ? [] : [[name, metadata[name]]])));
}

const text = { type: "string", minLength: 1 };
const version = { type: "string", pattern: "^(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})\\.(0|[1-9]\\d{0,8})$", examples: ["1.0.0"] };
const versionNote = {
  type: "array",
  items: { type: "object", required: ["version", "reason"], additionalProperties: false, properties: { version, reason: text } },
};

export const METADATA_SCHEMA: Schema = {
  type: "object",
  required: ["name", "title", "description", "licenses"],
  additionalProperties: false,
  properties: {
    $schema: text,
    name: { type: "string", maxLength: 100, pattern: DATASET_NAME, examples: ["abraham-accords"] },
    title: text,
    description: text,
    licenses: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        required: ["name"],
        additionalProperties: false,
        properties: { name: text, title: text, path: { type: "string", format: "uri" } },
      },
    },
    contributors: {
      type: "array",
      items: {
        type: "object",
        required: ["title"],
        additionalProperties: false,
        properties: {
          title: text,
          path: { type: "string", format: "uri" },
          email: { type: "string", format: "email" },
          roles: { type: "array", items: text },
        },
      },
    },
    keywords: { type: "array", items: text },
    homepage: { type: "string", format: "uri" },
    spatial: { type: "array", minItems: 1, items: text, examples: [["Kazakhstan", "Israel"]] },
    researchedUntil: { type: "string", format: "date", examples: ["2026-02-19"] },
    notCovered: { ...text, examples: ["Bridges for pedestrians, and bridges that no longer stand."] },
    date: { type: "string", format: "date" },
    release: {
      type: "object",
      additionalProperties: false,
      properties: {
        version,
        records: { enum: ["stay", "may-go"] },
        formats: { type: "array", minItems: 1, uniqueItems: true, items: text, examples: [["csv", "ndjson"]] },
        withdrawn: versionNote,
        removed: versionNote,
        ended: text,
        continues: { type: "string", pattern: DATASET_NAME, examples: ["abraham-accords"] },
        rewritten: { type: "string", pattern: "^([0-9a-f]{40}|[0-9a-f]{64})$" },
        shrinkPercent: { type: "number", minimum: 0, maximum: 100, examples: [10] },
        shrinks: { type: "object", additionalProperties: { type: "integer", minimum: 0 }, examples: [{ facts: 160 }] },
      },
    },
  },
};
