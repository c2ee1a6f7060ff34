import { cellText } from "../../lib/formats/cell-text.ts";
import type { CreateEncoder } from "../../lib/formats/format.ts";

/** The length of a cell that has no value. */
export const NO_VALUE = 0xffffffff;

/** A cell: the length of its text as 32 bits, little-endian, then the text. */
function encodeCell(text: string | undefined): Buffer {
  const bytes = Buffer.from(text ?? "");
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text === undefined ? NO_VALUE : bytes.length);
  return Buffer.concat([length, bytes]);
}

/** One chunk for each column. The writer cuts them where a group ends. */
export const createEncoder: CreateEncoder =
  ({ name, columns }) =>
  ({ records, labels }) => [
    {
      table: name,
      rows: records.length,
      chunks: columns.map((column) => Buffer.concat(records.map((record) => encodeCell(cellText(column, record, labels))))),
    },
  ];
