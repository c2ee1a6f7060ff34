import { createHash } from "node:crypto";

/** The part of Avro schemas that Iceberg files use. */
export type AvroSchema =
  | "boolean"
  | "int"
  | "long"
  | "string"
  | "bytes"
  | readonly ["null", AvroSchema]
  | { type: "array"; items: AvroSchema; logicalType?: "map" }
  | { type: "record"; name: string; fields: readonly AvroField[] };

export interface AvroField {
  name: string;
  type: AvroSchema;
  default?: null;
  "field-id": number;
}

export type AvroValue = number | boolean | string | Uint8Array | null | readonly AvroValue[] | { readonly [name: string]: AvroValue };

/** An integer: zigzag, seven bits per byte (Avro 1.12, Binary encoding). */
function long(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

const sized = (bytes: Uint8Array): Buffer => Buffer.concat([long(bytes.length), bytes]);

function encode(schema: AvroSchema, value: AvroValue): Buffer {
  if (schema === "boolean") return Buffer.from([value ? 1 : 0]);
  if (schema === "int" || schema === "long") return long(value as number);
  if (schema === "string") return sized(Buffer.from(value as string));
  if (schema === "bytes") return sized(value as Uint8Array);
  if ("fields" in schema)
    return Buffer.concat(schema.fields.map(({ name, type }) => encode(type, (value as Record<string, AvroValue>)[name] ?? null)));
  if ("items" in schema) return array(schema.items, value as readonly AvroValue[]);
  return value === null ? long(0) : Buffer.concat([long(1), encode(schema[1], value)]);
}

function array(schema: AvroSchema, items: readonly AvroValue[]): Buffer {
  if (items.length === 0) return long(0);
  return Buffer.concat([long(items.length), ...items.map((item) => encode(schema, item)), long(0)]);
}

/**
 * Encodes an object container file (Avro 1.12) with one uncompressed block. Deterministic: the sync marker, random in other writers, is a
 * hash of the content.
 */
export function avroFile(schema: AvroSchema, metadata: Readonly<Record<string, string>>, records: readonly AvroValue[]): Buffer {
  const pairs = Object.entries({ "avro.schema": JSON.stringify(schema), "avro.codec": "null", ...metadata });
  const head = Buffer.concat([
    Buffer.from("Obj\u0001"),
    long(pairs.length),
    ...pairs.flatMap(([key, value]) => [sized(Buffer.from(key)), sized(Buffer.from(value))]),
    long(0),
  ]);
  const block = Buffer.concat(records.map((record) => encode(schema, record)));
  const marker = createHash("sha256").update(head).update(block).digest().subarray(0, 16);
  return Buffer.concat([head, marker, long(records.length), long(block.length), block, marker]);
}
