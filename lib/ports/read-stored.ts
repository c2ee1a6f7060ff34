import { checkAgainst } from "../json/check-against.ts";
import { readDocument } from "../json/read-document.ts";
import type { ChangesFile } from "../release/changes-file.ts";
import { DATASET_ENDS } from "../release/dataset-end.ts";
import { isTombstone } from "../release/tombstone-text.ts";
import type { Schema } from "../schema/schema.ts";
import { DamagedFileError } from "./damaged-file-error.ts";

const text = { type: "string" } as const;
const named = { type: "object", required: ["name"], properties: { name: text, title: text, path: text } } as const;

const id = { type: "integer", minimum: 0, maximum: 2 ** 31 - 1 } as const;
const LIST = {
  type: "object",
  required: ["element-id", "element", "element-required"],
  properties: { "element-id": id, element: text, "element-required": { type: "boolean" } },
} as const;

/** Columns with their ids (`IcebergTables`). */
const ICEBERG = {
  type: "object",
  additionalProperties: {
    type: "object",
    required: ["last-column-id", "identifier-field-ids", "fields"],
    properties: {
      "last-column-id": id,
      "identifier-field-ids": { type: "array", items: id },
      fields: {
        type: "array",
        items: {
          type: "object",
          required: ["id", "name", "required", "type"],
          properties: { id, name: text, required: { type: "boolean" }, type: { anyOf: [text, LIST] } },
        },
      },
    },
  },
} as const;

/** The part of `datapackage.json` that is read. Other properties may have any value, because other versions wrote them. */
const PACKAGE: Schema = {
  type: "object",
  required: ["name", "title", "description", "licenses", "resources"],
  properties: {
    name: text,
    title: text,
    description: text,
    version: text,
    created: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}T" },
    homepage: text,
    licenses: { type: "array", items: named },
    contributors: { type: "array", items: { type: "object", required: ["title"], properties: { title: text, email: text, path: text } } },
    keywords: { type: "array", items: text },
    spatial: { type: "array", items: text },
    researchedUntil: { type: "string", pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" },
    notCovered: text,
    records: text,
    iceberg: ICEBERG,
    resources: {
      type: "array",
      items: {
        type: "object",
        required: ["path", "bytes", "hash"],
        properties: {
          path: text,
          title: text,
          bytes: { type: "integer" },
          hash: text,
          schema: {
            type: "object",
            properties: {
              fields: { type: "array", items: { type: "object", required: ["name"], properties: { name: text, type: text } } },
            },
          },
        },
      },
    },
  },
} as unknown as Schema;

/** The minimum that a schema must satisfy: errors within a table are reported when it is planned. */
const TABLES: Schema = {
  type: "object",
  properties: { properties: { type: "object", additionalProperties: { type: "object" } } },
} as unknown as Schema;

const objects = { type: "array", items: { type: "object" } } as const;

/** The properties that all versions of `changes.json` have; docs/formats.md describes all. */
const CHANGES: Schema = {
  type: "object",
  properties: {
    summary: text,
    schema: objects,
    tables: {
      type: "object",
      additionalProperties: { type: "object", properties: { added: objects, changed: objects, replaced: objects, removed: objects } },
    },
  },
} as unknown as Schema;

/** What pages read of `changes.json` before its tables. */
const CHANGES_HEAD: Schema = {
  type: "object",
  required: ["summary", "schema"],
  properties: {
    summary: text,
    schema: { type: "array", items: { type: "object", required: ["change"], properties: { kind: text, change: text } } },
  },
} as unknown as Schema;

/** `RepositoryLinks`. The slash keeps a link on the host of the repository. */
const path = { type: "string", pattern: "^/" } as const;
const LINKS = {
  type: "object",
  required: ["file", "folder", "issue"],
  properties: { file: path, folder: path, issue: path, report: path },
} as const;

const SITE: Schema = {
  type: "object",
  properties: {
    url: { type: "string", pattern: "^https?://" },
    bucket: { type: "string", pattern: "^s3://[a-z0-9][a-z0-9.-]*$" },
    repository: {
      type: "object",
      required: ["url", "data"],
      properties: { url: { type: "string", pattern: "^https?://" }, data: text, links: LINKS },
    },
    ended: DATASET_ENDS,
  },
} as unknown as Schema;

/** Reads a stored file and checks it against a schema. Throws `DamagedFileError` with the first error and its line. */
export function readStored<T>(where: string, bytes: Uint8Array, schema: Schema): T {
  if (isTombstone(bytes)) throw new DamagedFileError(`${where} was removed by its publisher`);
  const { value, problems } = readDocument(where, bytes, checkAgainst(schema));
  const [problem] = problems;
  if (problem) throw new DamagedFileError(`${where} is damaged${problem.line > 0 ? ` in line ${problem.line}` : ""}: ${problem.message}`);
  return value as T;
}

export const readStoredPackage = <T>(where: string, bytes: Uint8Array): T => readStored<T>(where, bytes, PACKAGE);
export const readStoredChanges = (where: string, bytes: Uint8Array): ChangesFile => readStored<ChangesFile>(where, bytes, CHANGES);
export const readStoredChangesHead = (where: string, bytes: Uint8Array): Pick<ChangesFile, "summary" | "schema"> =>
  readStored<ChangesFile>(where, bytes, CHANGES_HEAD);
export const readStoredTables = (where: string, bytes: Uint8Array): Schema => readStored<Schema>(where, bytes, TABLES);
export const readStoredSite = <T>(where: string, bytes: Uint8Array): T => readStored<T>(where, bytes, SITE);
