import { bytesOf } from "../../kernel/bytes-of.ts";
import { copyMemory } from "../../kernel/copy-memory.ts";
import type { Leaf } from "./leaf.ts";

/** One leaf of an encoded batch. */
export interface LeafBatch {
  repetitions: Uint8Array;
  definitions: Uint8Array;
  /** Number of levels, which is that of values and nulls. */
  levels: number;
  values: Uint8Array;
  count: number;
}

export interface ColumnBatch {
  /** Size of each record in bytes. */
  sizes: Uint32Array;
  leaves: LeafBatch[];
}

/** Parses the output of `writeColumnBatch`. */
export function readColumnBatch(leaves: readonly Leaf[], bytes: Uint8Array): ColumnBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const uint32 = (): number => {
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const take = (length: number): Uint8Array => {
    at += length;
    return bytes.subarray(at - length, at);
  };
  const count = uint32();
  const sizes = new Uint32Array(new Uint8Array(take(4 * count)).buffer);
  return {
    sizes,
    leaves: leaves.map(({ isList, maxDefinition }) => {
      const [levels, count, length] = [uint32(), uint32(), uint32()];
      return {
        levels,
        count,
        repetitions: take(isList ? levels : 0),
        definitions: take(maxDefinition > 0 ? levels : 0),
        values: take(length),
      };
    }),
  };
}

const sizeOf = ({ repetitions, definitions, values }: LeafBatch): number => repetitions.length + definitions.length + values.length;

/**
 * Serializes records by column: their number and sizes, then for each leaf the numbers of levels, values and value bytes, the repetition
 * levels (of a list), the definition levels (if any) and the values.
 */
export function writeColumnBatch(
  { sizes, leaves }: ColumnBatch,
  allocate: (bytes: number) => Uint8Array = (length) => new Uint8Array(length),
): Uint8Array {
  const bytes = allocate(4 + 4 * sizes.length + leaves.reduce((sum, leaf) => sum + 12 + sizeOf(leaf), 0));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const uint32 = (value: number): void => {
    view.setUint32(at, value, true);
    at += 4;
  };
  uint32(sizes.length);
  copyMemory(bytes, bytesOf(sizes), at);
  at += sizes.byteLength;
  for (const { repetitions, definitions, values, levels, count } of leaves) {
    for (const value of [levels, count, values.length]) uint32(value);
    for (const part of [repetitions, definitions, values]) {
      copyMemory(bytes, part, at);
      at += part.length;
    }
  }
  return bytes;
}
