import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { type AvroSchema, avroFile } from "../../../lib/iceberg/avro-file.ts";

const record = (fields: Record<string, AvroSchema>): AvroSchema => ({
  type: "record",
  name: "r",
  fields: Object.entries(fields).map(([name, type], i) => ({ name, type, "field-id": i + 1 })),
});

/** The block of a file: the bytes between its two sync markers, after the number of records and of bytes. */
function blockOf(file: Buffer): Buffer {
  const marker = file.subarray(-16);
  return file.subarray(file.indexOf(marker) + 16, -16);
}

/** Records of one field: [number of records, bytes, …values], as hexadecimal. */
const block = (type: AvroSchema, ...values: Parameters<typeof avroFile>[2]): string =>
  blockOf(
    avroFile(
      record({ a: type }),
      {},
      values.map((a) => ({ a })),
    ),
  ).toString("hex");

describe("an Avro file", () => {
  it("has a magic number, the schema, its metadata and a marker derived from its content", () => {
    const schema = record({ a: "int" });
    const file = avroFile(schema, { "format-version": "2" }, [{ a: 1 }]);
    const text = JSON.stringify(schema);
    const sized = (value: string): Buffer =>
      Buffer.concat([
        value.length < 64 ? Buffer.from([2 * value.length]) : Buffer.from([((2 * value.length) & 127) | 128, (2 * value.length) >> 7]),
        Buffer.from(value),
      ]);
    const head = Buffer.concat([
      Buffer.from([0x4f, 0x62, 0x6a, 1, 6]),
      ...["avro.schema", text, "avro.codec", "null", "format-version", "2"].map(sized),
      Buffer.from([0]),
    ]);
    const content = Buffer.from([2]);
    const marker = createHash("sha256").update(head).update(content).digest().subarray(0, 16);
    expect(file.toString("hex")).toBe(Buffer.concat([head, marker, Buffer.from([2, 2]), content, marker]).toString("hex"));
  });

  // Avro 1.12, Binary encoding: zigzag, then seven bits a byte, least significant first.
  it.each<[AvroSchema, Parameters<typeof avroFile>[2][number], string]>([
    ["int", 0, "00"],
    ["int", -1, "01"],
    ["int", 1, "02"],
    ["int", -64, "7f"],
    ["int", 64, "8001"],
    ["long", 2 ** 52, `${"80".repeat(7)}10`],
    ["boolean", true, "01"],
    ["string", "é", "04c3a9"],
    ["bytes", Buffer.from([0, 255]), "0400ff"],
    [["null", "long"], null, "00"],
    [["null", "long"], 3, "0206"],
    [{ type: "array", items: "int" }, [], "00"],
    [{ type: "array", items: "int" }, [1, 2], "04020400"],
    [record({ x: "int", y: "string" }), { y: "b", x: 1 }, "020262"],
  ])("encodes %j: %j", (type, value, hex) => {
    expect(block(type, value)).toBe(`02${hex.length.toString(16).padStart(2, "0")}${hex}`);
  });

  it("writes several records in one block", () => {
    expect(block("int", 1, 2, 3)).toBe("0606020406");
  });
});
