import { describe, expect, it } from "vitest";
import { codeList } from "../../../lib/formats/csv/code-list.ts";
import { readThrift } from "../../../lib/formats/parquet/read-thrift.ts";
import { ThriftStruct } from "../../../lib/formats/parquet/thrift-struct.ts";
import { sqliteName } from "../../../lib/formats/sqlite/sqlite-name.ts";
import { varintLength, writeVarint } from "../../../lib/formats/sqlite/write-varint.ts";

describe("ThriftStruct", () => {
  it("is read as it was written", () => {
    const bytes = ThriftStruct.encode((struct) => {
      struct.boolean(1, true);
      struct.boolean(2, false);
      struct.i8(3, 7);
      struct.i32(4, -1);
      struct.i32(5, 64);
      struct.i64(6, -(2 ** 40));
      struct.i64(7, 2 ** 45);
      struct.text(8, "é");
      struct.binary(9, Buffer.from([0, 255]));
      struct.struct(10, (inner) => inner.i32(2, 5));
      struct.struct(11);
      struct.structs(12, [1, 2], (inner, item) => inner.i32(1, item));
      struct.binaries(13, [Buffer.from("a"), Buffer.from("")]);
    });
    expect([...readThrift(bytes)]).toEqual([
      [1, true],
      [2, false],
      [3, 7],
      [4, -1],
      [5, 64],
      [6, -(2 ** 40)],
      [7, 2 ** 45],
      [8, Buffer.from("é")],
      [9, Buffer.from([0, 255])],
      [10, new Map([[2, 5]])],
      [11, new Map()],
      [12, [new Map([[1, 1]]), new Map([[1, 2]])]],
      [13, [Buffer.from("a"), Buffer.from("")]],
    ]);
  });

  it("has the bytes of the compact protocol", () => {
    const bytes = ThriftStruct.encode((struct) => {
      struct.i32(1, 1);
      struct.text(4, "a");
    });
    // Field 1, i32, zigzag 2; field 1 + 3, binary, one byte; the end.
    expect([...bytes]).toEqual([0x15, 0x02, 0x38, 0x01, 0x61, 0x00]);
  });

  it.each([0, 14, 15, 200])("can contain a list of %d items", (count) => {
    const items = Array.from({ length: count }, (_, i) => Buffer.from(`${i}`));
    expect(readThrift(ThriftStruct.encode((struct) => struct.binaries(1, items))).get(1)).toEqual(items);
    const structs = readThrift(ThriftStruct.encode((struct) => struct.structs(1, items, (inner, item) => inner.binary(1, item)))).get(1);
    expect(structs).toEqual(items.map((item) => new Map([[1, item]])));
  });
});

describe("writeVarint", () => {
  it.each<[number, number[]]>([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x81, 0x00]],
    [16_383, [0xff, 0x7f]],
    [16_384, [0x81, 0x80, 0x00]],
    [2 ** 32, [0x90, 0x80, 0x80, 0x80, 0x00]],
    [2 ** 53 - 1, [0x8f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ])("writes %d with its highest bits first", (value, expected) => {
    const bytes = new Uint8Array(12);
    expect(varintLength(value)).toBe(expected.length);
    expect(writeVarint(bytes, 2, value)).toBe(2 + expected.length);
    expect([...bytes.subarray(0, 2 + expected.length)]).toEqual([0, 0, ...expected]);
    expect(bytes.subarray(2 + expected.length).every((byte) => byte === 0)).toBe(true);
  });
});

describe("names and lists in code", () => {
  it("avoid names that SQLite reserves", () => {
    expect(["sqlite_a", "SQLite_a", "sqlitea", "a_sqlite_", "t"].map(sqliteName)).toEqual([
      "_sqlite_a",
      "_SQLite_a",
      "sqlitea",
      "a_sqlite_",
      "t",
    ]);
  });

  it("are on one line of 88 characters, or on several", () => {
    expect(codeList(["a", "b"], "c(", ")")).toBe("c(a, b)");
    expect(codeList([], "c(", ")")).toBe("c()");
    expect(codeList(["x".repeat(85)], "c(", ")")).toBe(`c(${"x".repeat(85)})`);
    expect(codeList(["x".repeat(86)], "c(", ")")).toBe(`c(\n    ${"x".repeat(86)}\n)`);
    const items = Array.from({ length: 20 }, (_, i) => `item${String(i).padStart(2, "0")}`);
    const lines = codeList(items, "c(", ")").split("\n");
    expect(lines.slice(1, -1).every((line) => line.length <= 88 && line.startsWith("    item"))).toBe(true);
    expect(lines.slice(1, -1).join(" ").split(/,? +/).filter(Boolean)).toEqual(items);
    expect([lines[0], lines.at(-1), lines.at(-2)?.endsWith(",")]).toEqual(["c(", ")", false]);
    expect(lines[1]).toHaveLength(83);
  });
});
