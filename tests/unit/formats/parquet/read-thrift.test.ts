import { describe, expect, it } from "vitest";
import { readThrift, ThriftError } from "../../../../lib/formats/parquet/read-thrift.ts";

const bytes = (...values: number[]): Buffer => Buffer.from(values);

describe("a struct in the Thrift compact protocol", () => {
  it("is read by the ids of its fields", () => {
    // 1: i32 -1, 2: binary "ab", 3: list of i32 [1, 2], 4: struct {1: true}, 20: list of bool [true, false].
    const struct = bytes(0x15, 1, 0x18, 2, 0x61, 0x62, 0x19, 0x25, 2, 4, 0x1c, 0x11, 0, 0x09, 40, 0x21, 1, 2, 0);
    expect([...readThrift(struct)]).toEqual([
      [1, -1],
      [2, Buffer.from("ab")],
      [3, [1, 2]],
      [4, new Map([[1, true]])],
      [20, [true, false]],
    ]);
  });

  it.each([
    ["The bytes end within a value", bytes(0x15)],
    ["The bytes end within a value", bytes(0x18, 9, 0x61)],
    ["A number has too many bytes", bytes(0x15, ...Array<number>(11).fill(0xff))],
    ["A list is longer than the bytes", bytes(0x19, 0xf5, 0x7f)],
    ["A value has the type 13", bytes(0x1d, 0)],
    ["Structs nest too deep", Buffer.alloc(100_000, 0x1c)],
    ["Lists nest too deep", Buffer.concat([bytes(0x19), Buffer.alloc(100_000, 0x19)])],
  ])("fails when it is damaged: %s", (message, damaged) => {
    expect(() => readThrift(damaged)).toThrow(new ThriftError(message));
  });
});
